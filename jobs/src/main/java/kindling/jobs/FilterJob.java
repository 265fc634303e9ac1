package kindling.jobs;

import java.util.List;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.prep.Document;
import kindling.prep.Verdict;
import kindling.prep.filter.Filter;
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
            Filter.rules(rules);
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
        List<Filter> filters = Filter.rules(names);
        return document -> new Outcome(document, verdict(filters, document));
    }

    /** The first drop, or {@link Verdict#KEEP} when every filter keeps the document. */
    private static Verdict verdict(List<Filter> filters, Document document) {
        for (Filter filter : filters) {
            if (filter.judge(document) instanceof Verdict.Drop drop) {
                return drop;
            }
        }
        return Verdict.KEEP;
    }
}
