package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.jobs.infer.TinyCheckpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are answered by a process which is killed again and again, and started again by the same command. */
@Tag("slow")
class KilledRowsIT {
    private static final Path HOME = Path.of(System.getProperty("kindling.home"));
    private static final Duration DEADLINE = Duration.ofMinutes(5); // it takes seconds
    private static final int ROWS = 2400;
    private static final int CHUNK_ROWS = 8;
    private static final int KILLS = 4;
    private static final int LONGEST_MILLIS = 200; // several chunks

    @TempDir
    Path folder;

    @BeforeEach
    void writeModelAndRows() throws IOException {
        TinyCheckpoint.write(folder.resolve("model"), 128, 128, 4);
        Files.write(
                folder.resolve("rows.jsonl"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> "{\"id\": \"%d\", \"text\": \"%d %s\"}"
                                .formatted(i, i / 2, TinyCorpus.story(i / 2).substring(0, 40)))
                        .toList());
    }

    private Child start(String output, String format, int partitions) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("bin/kindling").toString(), "generate"));
        command.addAll(List.of("--input", "rows.jsonl", "--checkpoint", "model", "--output", output));
        command.addAll(List.of("--output-format", format, "--partitions", String.valueOf(partitions)));
        command.addAll(List.of("--max-new-tokens", "32", "--chunk-rows", String.valueOf(CHUNK_ROWS)));
        command.addAll(List.of("--master", "local[2]", "--driver-memory", "600m"));
        return Child.start(folder.resolve(output + ".log"), Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command);
    }

    private Map<String, String> finished(String output, String format, int partitions) throws Exception {
        try (Child run = start(output, format, partitions)) {
            assertThat(run.finish(DEADLINE)).as(run.printed()).isZero();
        }
        return Outputs.digests(folder.resolve(output));
    }

    /** The chunks that are durable, and when they became so. */
    private Map<String, FileTime> durable() throws IOException {
        Path answers = folder.resolve(".killed.unfinished/.scratch/answers");
        Map<String, FileTime> times = new TreeMap<>();
        if (Files.exists(answers)) {
            try (Stream<Path> files = Files.list(answers)) {
                for (Path file : files.toList()) {
                    if (file.getFileName().toString().startsWith("chunk-")) {
                        times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
                    }
                }
            }
        }
        return times;
    }

    private void awaitMoreThan(int chunks, Child run) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (durable().size() <= chunks) {
            assertThat(run.process().isAlive()).as(run.printed()).isTrue();
            assertThat(System.nanoTime())
                    .as("waited for more than %d durable chunks", chunks)
                    .isLessThan(end);
            Thread.sleep(5);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"jsonl", "parquet"})
    void endWithTheBytesOfARunThatNobodyDisturbed(String format) throws Exception {
        Map<String, String> reference = finished("undisturbed", format, 1);
        Random random = new Random(7);
        Map<String, FileTime> before = Map.of();

        for (int kill = 0; kill < KILLS; kill++) {
            try (Child run = start("killed", format, 2 + kill)) {
                awaitMoreThan(before.size(), run);
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                assertThat(run.process().isAlive()).as("killed before its end").isTrue();
                run.kill();
            }
            Map<String, FileTime> after = durable();
            assertThat(after).as("what was durable was not made again").containsAllEntriesOf(before);
            before = after;
        }

        assertThat(finished("killed", format, 7)).isEqualTo(reference);
        assertThat(folder.resolve("killed/.scratch")).doesNotExist();
    }

    /** Waits until the run itself has made a file or folder of this name in its staging folder. */
    private void awaitMade(PathMatcher name, FileTime since, Child run) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!isMade(name, since)) {
            assertThat(run.process().isAlive()).as(run.printed()).isTrue();
            assertThat(System.nanoTime()).as("waited for %s", name).isLessThan(end);
        }
    }

    private boolean isMade(PathMatcher name, FileTime since) {
        try (Stream<Path> files = Files.walk(folder.resolve(".killed.unfinished"))) {
            return files.filter(file -> name.matches(folder.relativize(file)))
                    .anyMatch(file -> file.toFile().lastModified() >= since.toMillis());
        } catch (IOException | UncheckedIOException e) {
            return false; // what lies there comes and goes
        }
    }

    /** A table is written into {@code _temporary}, file by file, and its files are moved when all are there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"jsonl", "parquet"})
    void endWithTheSameBytesWhenKilledWhileTheTableIsPutTogether(String format) throws Exception {
        Map<String, String> reference = finished("undisturbed", format, 1);
        List<String> signs = List.of("_temporary", "_temporary/**/part-*", "part-*", "_temporary/0/task*");

        for (String sign : signs) {
            FileTime start = FileTime.from(Instant.now());
            try (Child run = start("killed", format, 3)) {
                awaitMade(FileSystems.getDefault().getPathMatcher("glob:.killed.unfinished/" + sign), start, run);
                run.kill();
            }
            assertThat(folder.resolve("killed")).as("what nobody finished").doesNotExist();
        }

        assertThat(finished("killed", format, 7)).isEqualTo(reference);
        assertThat(folder.resolve("killed/.scratch")).doesNotExist();
    }
}
