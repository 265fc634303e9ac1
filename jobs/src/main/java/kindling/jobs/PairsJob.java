package kindling.jobs;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.jobs.io.Tables;
import kindling.prep.Verdict;
import kindling.prep.summary.Pair;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** (document, summary) pairs where nobody wrote summaries: rows {id, document, summary, source}. */
@Command(name = "pairs", description = "Make (document, summary) training pairs from plain documents.")
final class PairsJob implements Job {
    private static final StructType PAIR =
            new StructType().add("document", DataTypes.StringType, true).add("summary", DataTypes.StringType, true);

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(
            names = "--method",
            description =
                    "lead: the first sentence is the summary of the rest; gap-sentences: the principal sentences are taken"
                            + " out and become the summary (PEGASUS); default ${DEFAULT-VALUE}.")
    String method = "lead";

    @Option(names = "--ratio", description = "gap-sentences: share of sentences taken out; default ${DEFAULT-VALUE}.")
    double ratio = 0.3; // PEGASUS §6.1.1 found 15 % to 45 % best

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        if (!method.equals("lead") && !method.equals("gap-sentences")) {
            problems.add("--method is lead or gap-sentences, got " + method);
        }
        if (!(ratio > 0 && ratio < 1)) {
            problems.add("--ratio must be between 0 and 1, got " + ratio);
        }
    }

    @Override
    public void run(Run run) {
        boolean lead = method.equals("lead");
        double share = ratio;
        int partitions = run.partitions(documents.input);
        Dataset<Row> judged = Documents.read(run.spark(), documents.input)
                .placed(partitions)
                .judged(PAIR, () -> judge(lead, share))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> pairs = judged.filter(col("summary").isNotNull()).select("id", "document", "summary", "source");
        Tables.write(pairs, run.folder(), documents.outputFormat);
        long out = Tables.count(run.spark(), run.folder(), documents.outputFormat);
        new Outcomes(judged).settle(run.folder(), run.name(), documents.outputFormat, out, run.report());
        judged.unpersist();
    }

    private static Judge judge(boolean lead, double ratio) {
        return document -> {
            Optional<Pair> pair = lead ? Pair.lead(document.text()) : Pair.gapSentences(document.text(), ratio);
            return pair.map(found -> new Outcome(document, Verdict.KEEP, found.document(), found.summary()))
                    .orElseGet(() -> new Outcome(
                            document,
                            Verdict.drop("no_pair", "no sentence of it can be a summary of the rest"),
                            null,
                            null));
        };
    }
}
