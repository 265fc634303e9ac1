package kindling.jobs;

import java.util.List;
import java.util.Map;
import kindling.jobs.io.Documents;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.jobs.io.Storage;
import kindling.prep.Verdict;
import kindling.prep.filter.Filter;
import kindling.prep.filter.RuleSet;
import kindling.prep.filter.UserLists;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drops documents by named rule sets, each drop with its rule's reason; or writes what the rules measure. */
@Command(
        name = "filter",
        description = "Drop documents that quality rules reject, or annotate them with what the rules measure.",
        footer = {
            "",
            "Rule sets: length, gopher (gopher_quality and gopher_repetition), gopher_datatrove, gopher_dolma, c4 (takes",
            "out lines, then judges), c4_document (judges only), c4_datatrove, fineweb, symbols, language, words.",
            "Trained ones: classifier=DIR or classifier:LABEL=DIR, from train-classifier (probability at least 0.5 unless",
            "--threshold classifier_NAME says otherwise; NAME is the folder's); perplexity=DIR, a checkpoint, with",
            "--threshold perplexity_per_token or perplexity_bits_per_byte.",
            "The report's table \"rules\" names each rule with its bounds and its source."
        })
final class FilterJob implements Job {
    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(
            names = "--rules",
            split = ",",
            paramLabel = "LIST",
            description = "Rule sets, in order; default length,gopher.")
    List<String> rules = List.of("length", "gopher");

    @Option(
            names = "--threshold",
            split = ",",
            paramLabel = "RULE=NUMBER",
            description = {
                "A bound in place of a rule's own, as gopher_symbol_ratio=0.2; repeatable. Rules of two bounds:",
                "gopher_mean_word_length.least=2. No bound: gopher_stop_words=none."
            })
    List<String> thresholds = List.of();

    @Option(
            names = "--annotate",
            description = "Drop nothing: write each rule's measure, and the reason for a drop, into meta.")
    boolean annotate;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "LIST",
            description = "Languages that the rule set language keeps, as ISO 639-1 codes.")
    List<String> languages = List.of();

    @Option(
            names = "--word-list",
            paramLabel = "FILE",
            description = "Words and phrases for the rule set words, one a line.")
    InputPath wordList;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        if (wordList == null || Storage.exists(Storage.absolute(wordList.path()))) {
            problems.addAll(plan().problems());
        } // else the runner says that the file does not exist
    }

    @Override
    public Map<String, String> facts() {
        return plan().digests();
    }

    private FilterPlan plan() {
        List<String> words = wordList == null
                ? List.of()
                : Storage.text(Storage.absolute(wordList.path())).lines().toList();
        return new FilterPlan(rules, thresholds, new UserLists(languages, words));
    }

    @Override
    public void run(Run run) {
        FilterPlan plan =
                plan().broadcast(JavaSparkContext.fromSparkContext(run.spark().sparkContext()));
        boolean keepAll = annotate;
        run.report().put("rules", plan.table());
        Documents.read(run.spark(), documents.input)
                .judged(() -> keepAll ? annotator(plan.sets()) : judge(plan.sets()))
                .write(run.folder(), run.name(), documents.outputFormat, run.partitions(documents.input), run.report());
    }

    private static Judge judge(List<RuleSet> sets) {
        Filter filter = Filter.of(sets);
        return document -> {
            Filter.Judged judged = filter.judge(document);
            return new Outcome(judged.document(), judged.verdict());
        };
    }

    private static Judge annotator(List<RuleSet> sets) {
        Filter filter = Filter.of(sets);
        return document -> new Outcome(filter.annotate(document), Verdict.KEEP);
    }
}
