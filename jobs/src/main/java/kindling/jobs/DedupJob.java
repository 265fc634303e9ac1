package kindling.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_number;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import kindling.jobs.dedup.Duplicates;
import kindling.jobs.dedup.Repeats;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Tables;
import kindling.jobs.io.TaskFigures;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps one document of each group that says the same. */
@Command(name = "dedup", description = "Remove exact and near duplicates.")
final class DedupJob implements Job {
    private static final List<String> METHODS = DuplicateOptions.METHODS;
    private static final List<String> ALL_METHODS =
            Stream.concat(METHODS.stream(), RepeatOptions.METHODS.stream()).toList();

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Mixin
    DuplicateOptions duplicates;

    @Mixin
    RepeatOptions repeats;

    @Option(
            names = "--method",
            split = ",",
            paramLabel = "LIST",
            description = "exact, minhash, paragraph, substring; default exact,minhash.")
    List<String> methods = METHODS;

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
                .forEach(method -> problems.add(
                        "--method is a list of %s, got %s".formatted(String.join(", ", ALL_METHODS), method)));
        duplicates.check(problems);
    }

    @Override
    public void run(Run run) {
        int partitions = run.partitions(documents.input);
        try (TaskFigures tasks = new TaskFigures(run.spark().sparkContext())) {
            Outcomes all = Documents.read(run.spark(), documents.input)
                    .placed(partitions)
                    .persisted();
            Duplicates found = new Duplicates(all.documents(), duplicates.of(methods, common.seed));
            Dataset<Row> clusters = found.clusters().persist(StorageLevel.MEMORY_AND_DISK());
            run.report().phase("cluster");
            Tables.write(clusters.drop("exact"), run.file("_clusters"), documents.outputFormat);
            found.figures().forEach(run.report()::put);
            run.report().phase("check");
            found.unpersist();
            run.report().put("bytes_in", all.bytes()); // before texts get shorter
            new Repeats(repeats.of(methods), partitions)
                    .takenOut(all.dropping(verdicts(clusters)), run.folder(), documents.outputFormat, run.report())
                    .write(run.folder(), run.name(), documents.outputFormat, partitions, run.report());
            clusters.unpersist();
            all.unpersist();
            run.report().put("tasks", tasks.figures());
        }
    }

    private static Dataset<Row> verdicts(Dataset<Row> clusters) {
        return clusters.filter(col("kept").equalTo(false))
                .select(
                        col("id"),
                        when(col("exact"), lit("duplicate_exact")).otherwise(lit("duplicate_near")),
                        concat(lit("of "), col("cluster"), lit(", similarity "), format_number(col("similarity"), 3)));
    }
}
