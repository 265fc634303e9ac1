package kindling.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_number;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import kindling.jobs.dedup.Duplicates;
import kindling.jobs.dedup.Repeats;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps one document, the one with the smallest id, of each group that says the same. */
@Command(name = "dedup", description = "Remove exact and near duplicates.")
final class DedupJob implements Job {
    private static final List<String> METHODS = List.of("exact", "minhash");
    private static final List<String> ALL_METHODS =
            Stream.concat(METHODS.stream(), RepeatOptions.METHODS.stream()).toList();

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Mixin
    RepeatOptions repeats;

    @Option(names = "--method", split = ",", paramLabel = "LIST", description = "exact, minhash, paragraph, substring; default exact,minhash.")
    List<String> methods = METHODS;

    @Option(
            names = "--threshold",
            description = "minhash: least Jaccard similarity of shingles; default ${DEFAULT-VALUE}.")
    double threshold = 0.8;

    @Option(names = "--ngram", description = "minhash: words in a shingle; default ${DEFAULT-VALUE}.")
    int ngram = 5;

    @Option(names = "--bands", description = "minhash: bands of the signature; default ${DEFAULT-VALUE}.")
    int bands = 14; // with 8 rows: a pair at 0.8 becomes a candidate with probability 0.92, at 0.9 with 1.00

    @Option(names = "--rows", description = "minhash: rows in a band; default ${DEFAULT-VALUE}.")
    int rows = 8;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        repeats.check(problems);
        methods.stream()
                .filter(method -> !ALL_METHODS.contains(method))
                .forEach(method ->
                        problems.add("--method is a list of %s, got %s".formatted(String.join(", ", ALL_METHODS), method)));
        if (!(threshold > 0 && threshold <= 1)) {
            problems.add("--threshold must be in (0, 1], got " + threshold);
        }
        if (ngram < 1 || bands < 1 || rows < 1) {
            problems.add("--ngram, --bands and --rows must be >= 1, got %d, %d and %d".formatted(ngram, bands, rows));
        }
    }

    @Override
    public void run(Run run) {
        int partitions = run.partitions(documents.input);
        Outcomes all =
                Documents.read(run.spark(), documents.input).placed(partitions).persisted();
        TreeSet<String> chosen = new TreeSet<>(methods);
        Duplicates.Options options = new Duplicates.Options(
                chosen.contains("exact"), chosen.contains("minhash"), threshold, ngram, bands, rows, common.seed);
        Dataset<Row> clusters =
                new Duplicates(all.documents(), options).clusters().persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(
                clusters.drop("exact").repartition(partitions, col("id")).sortWithinPartitions("id"),
                run.file("_clusters"),
                documents.outputFormat);
        run.report().phase("cluster");
        run.report().put("bytes_in", all.bytes()); // before texts get shorter
        new Repeats(repeats.of(chosen), partitions)
                .takenOut(all.dropping(verdicts(clusters)), run.folder(), documents.outputFormat, run.report())
                .write(run.folder(), run.name(), documents.outputFormat, partitions, run.report());
        all.unpersist();
    }

    private static Dataset<Row> verdicts(Dataset<Row> clusters) {
        return clusters.filter(col("kept").equalTo(false))
                .select(
                        col("id"),
                        when(col("exact"), lit("duplicate_exact")).otherwise(lit("duplicate_near")),
                        concat(lit("of "), col("cluster"), lit(", similarity "), format_number(col("similarity"), 3)));
    }
}
