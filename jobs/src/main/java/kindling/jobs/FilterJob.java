package kindling.jobs;

import java.util.List;
import java.util.stream.Stream;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.prep.filter.Filter;
import kindling.prep.filter.RuleSet;
import kindling.prep.filter.UserLists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drops documents by named rule sets, each drop with its rule's reason. */
@Command(name = "filter", description = "Drop documents that quality rules reject.")
final class FilterJob implements Job {
    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(names = "--rules", paramLabel = "LIST", description = "Rule sets, in order; default ${DEFAULT-VALUE}.")
    String rules = "length,gopher";

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        try {
            sets(rules);
        } catch (IllegalArgumentException e) {
            problems.add("--rules: " + e.getMessage());
        }
    }

    @Override
    public void run(Run run) {
        String names = rules;
        Documents.read(run.spark(), documents.input)
                .judged(() -> judge(names))
                .write(run.folder(), run.name(), documents.outputFormat, run.partitions(documents.input), run.report());
    }

    private static Judge judge(String names) {
        Filter filter = Filter.of(sets(names));
        return document -> {
            Filter.Judged judged = filter.judge(document);
            return new Outcome(judged.document(), judged.verdict());
        };
    }

    private static List<RuleSet> sets(String names) {
        return Stream.of(names.split(",", -1))
                .flatMap(name -> RuleSet.named(name.strip(), UserLists.NONE).stream())
                .toList();
    }
}
