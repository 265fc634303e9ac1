package kindling.jobs;

import java.util.List;
import kindling.jobs.io.Tables;
import kindling.jobs.rows.ErrorLimit;
import kindling.jobs.rows.Inference;
import kindling.jobs.rows.Inference.TaskSource;
import kindling.jobs.rows.Rows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** The options of jobs that answer rows. */
final class RowOptions {
    @Option(
            names = "--fail-on-errors",
            paramLabel = "LIMIT",
            descriptionKey = CommonOptions.LAYOUT,
            description =
                    "Give up when more rows than this have an error, a number or a share such as 5%%; default: every row may.")
    String failOnErrors = "100%";

    @Option(
            names = "--chunk-rows",
            paramLabel = "N",
            descriptionKey = CommonOptions.LAYOUT,
            description =
                    "Rows whose answers become durable together: what a kill costs each task; a run goes on with the same number"
                            + " only; default ${DEFAULT-VALUE}.")
    int chunkRows = 256;

    void check(List<String> problems) {
        if (chunkRows < 1) {
            problems.add("--chunk-rows must be >= 1, got " + chunkRows);
        }
        try {
            ErrorLimit.of(failOnErrors);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    /**
     * Answers the rows of a job's input.
     *
     * @param drawn as {@link Rows} has it, and so the next
     * @param texts names of the column that is asked about, the first that is there
     */
    void answer(
            Run run,
            DocumentOptions documents,
            TaskSource tasks,
            boolean drawn,
            boolean logProbabilities,
            String... texts) {
        Dataset<Row> table = Tables.read(run.spark(), documents.input);
        Rows rows = new Rows(
                table,
                Tables.column(table, documents.input, "id"),
                Tables.column(table, documents.input, texts),
                drawn,
                logProbabilities);
        new Inference(rows, tasks, run.partitions(documents.input), chunkRows, ErrorLimit.of(failOnErrors))
                .run(run.folder(), documents.outputFormat, Tables.partitions(documents.input), run.report());
    }
}
