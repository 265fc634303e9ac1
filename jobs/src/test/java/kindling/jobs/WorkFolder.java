package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import org.apache.spark.sql.Row;

/** A folder that command lines work in: {@code @name} as the value of an option is a path there. */
record WorkFolder(Path path) {
    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Runs a job that must succeed. */
    CommandLineRun run(String job, String output, String... options) {
        CommandLineRun run = attempt(job, output, options);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    /** Runs a job, in two partitions unless told otherwise. */
    CommandLineRun attempt(String job, String output, String... options) {
        List<String> arguments = new ArrayList<>(List.of(job, "--output=" + resolve(output)));
        Stream.of(options).map(option -> option.replace("=@", "=" + path + "/")).forEach(arguments::add);
        if (arguments.stream().noneMatch(option -> option.startsWith("--partitions="))) {
            arguments.add("--partitions=2");
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    /** By their ids. */
    List<Row> rows(String table) {
        return LocalSpark.spark()
                .read()
                .parquet(resolve(table).toString())
                .orderBy("id")
                .collectAsList();
    }

    /** Of documents, by their ids. */
    Map<String, String> texts(String table) {
        return rows(table).stream()
                .collect(Collectors.toMap(
                        row -> row.getString(0),
                        row -> row.<String>getAs("text"),
                        (a, b) -> a + " | " + b,
                        TreeMap::new));
    }

    JsonNode report(String output) {
        return Report.in(Storage.absolute(resolve(output).toString())).orElseThrow();
    }
}
