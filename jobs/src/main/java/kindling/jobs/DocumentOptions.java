package kindling.jobs;

import java.util.List;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Tables;
import picocli.CommandLine.Option;

/** The options of jobs that read documents. */
final class DocumentOptions {
    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description = "A file, folder or glob on any Hadoop file system.")
    InputPath input;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description = "parquet or jsonl; default ${DEFAULT-VALUE}.")
    String outputFormat = "parquet";

    void check(List<String> problems) {
        if (!Tables.FORMATS.contains(outputFormat)) {
            problems.add(
                    "--output-format is one of %s, got %s".formatted(String.join(", ", Tables.FORMATS), outputFormat));
        }
    }
}
