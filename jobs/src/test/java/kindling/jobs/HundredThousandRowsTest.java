package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kindling.jobs.infer.TinyCheckpoint;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 rows of which one in a hundred is broken, in ten ways, through a model on two cores. */
@Tag("slow")
class HundredThousandRowsTest {
    private static final int ROWS = 100_000;
    private static final int ONE_IN = 100;
    private static final int OF_A_KIND = ROWS / ONE_IN / 10;
    private static final int TWIN_IN = 50; // rows that say what the one before them says

    @TempDir
    static Path work;

    @AfterAll
    static void leaveTheSessionAsItWas() {
        LocalSpark.fewPartitions();
    }

    private static byte[] row(int i) {
        return i % ONE_IN == 7 ? broken(i, i / ONE_IN % 10) : sound(i);
    }

    private static byte[] sound(int i) {
        int said = i % TWIN_IN == 1 ? i - 1 : i;
        return "{\"id\": \"%d\", \"text\": \"The miller counts to %d.\"}"
                .formatted(i, said)
                .getBytes(UTF_8);
    }

    private static byte[] broken(int i, int way) {
        return switch (way) {
            case 0 -> "{\"id\": \"%d\", \"text\": null}".formatted(i).getBytes(UTF_8);
            case 1 -> "{\"id\": \"%d\"}".formatted(i).getBytes(UTF_8);
            case 2 -> "{\"id\": \"%d\", \"text\": \"\"}".formatted(i).getBytes(UTF_8);
            case 3 ->
                "{\"id\": \"%d\", \"text\": \"%s\"}"
                        .formatted(i, "long ".repeat(20))
                        .getBytes(UTF_8);
            case 4 ->
                "{\"id\": \"%d\", \"text\": \"%s\"}"
                        .formatted(i, "endless ".repeat(10_000))
                        .getBytes(UTF_8);
            case 5 ->
                "{\"id\": null, \"text\": \"nobody says %d\"}".formatted(i).getBytes(UTF_8);
            case 6 -> "{\"text\": \"nobody says %d\"}".formatted(i).getBytes(UTF_8);
            case 7 -> "{\"id\": \"%d\", \"text\": \"cut".formatted(i).getBytes(UTF_8);
            case 8 -> "\"%d is no object\"".formatted(i).getBytes(UTF_8);
            default -> {
                byte[] line = "{\"id\": \"%d\", \"text\": \"?\"}".formatted(i).getBytes(UTF_8);
                line[line.length - 3] = (byte) 0xFF; // never in UTF-8
                yield line;
            }
        };
    }

    private static Path write() throws IOException {
        Path file = work.resolve("rows.jsonl");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < ROWS; i++) {
                out.write(row(i));
                out.write('\n');
            }
        }
        return file;
    }

    private static CommandLineRun generate(Path rows, String output, String... more) throws IOException {
        return CommandLineRun.of(Stream.concat(
                        Stream.of(
                                "generate",
                                "--input=" + rows,
                                "--checkpoint=" + TinyCheckpoint.write(work.resolve("model"), 64, 16, 1),
                                "--max-new-tokens=2",
                                "--output=" + work.resolve(output)),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void allRowsAreAccountedFor() throws IOException {
        Path rows = write();

        CommandLineRun run = generate(rows, "out");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode report =
                Report.in(Storage.absolute(work.resolve("out").toString())).orElseThrow();
        assertThat(report.path("rows_in").asInt()).isEqualTo(ROWS);
        assertThat(report.path("rows_out").asInt()).isEqualTo(ROWS);
        assertThat(report.path("errors"))
                .hasToString(
                        "{'EmptyInput':100,'MissingId':200,'MissingText':200,'PromptTooLong':200,'UnreadableRow':300}"
                                .replace('\'', '"'));
        assertEveryRowIsThere(
                LocalSpark.spark().read().parquet(work.resolve("out").toString()));
    }

    private static void assertEveryRowIsThere(Dataset<Row> out) {
        long sound = ROWS - 10L * OF_A_KIND;
        assertThat(out.count()).isEqualTo(ROWS);
        assertThat(out.filter("error IS NULL AND output IS NOT NULL AND completion_tokens > 0")
                        .count())
                .isEqualTo(sound);
        assertThat(out.filter("error IS NOT NULL AND output IS NULL AND finish_reason = 'error'")
                        .count())
                .isEqualTo(ROWS - sound);
        assertThat(out.filter("error IS NULL").select("id").distinct().count()).isEqualTo(sound);
        List<Row> disagreeing = out.filter("error IS NULL")
                .groupBy("text")
                .agg(org.apache.spark.sql.functions.countDistinct("output").as("outputs"))
                .filter("outputs > 1")
                .collectAsList();
        assertThat(disagreeing).isEmpty();
    }

    @Test
    void aHopelessJobEndsEarlyAndSaysWhy() throws Exception {
        CommandLineRun run = generate(write(), "given-up", "--fail-on-errors=0.5%");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("of 100,000 rows have failed", "--fail-on-errors allows 500", "× UnreadableRow: ")
                .doesNotContain("\tat ");
        assertThat(work.resolve("given-up")).doesNotExist();
        assertThat(work.resolve(".given-up.unfinished/.scratch/answers")).isNotEmptyDirectory();
        awaitGivenUpTasks();
    }

    /** They write their chunks to the end, in the folder that is about to be removed. */
    private static void awaitGivenUpTasks() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Stream.of(LocalSpark.spark().sparkContext().statusTracker().getExecutorInfos())
                .anyMatch(executor -> executor.numRunningTasks() > 0)) {
            assertThat(System.nanoTime())
                    .as("tasks of a job that was given up still run")
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
