package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user meets when the input is broken: the broken record in the ledger, the others in the output, no stack trace. */
class BadInputTest {
    private static final int DONE = 0;
    private static final int USER_ERROR = 2;

    @TempDir
    Path folder;

    private Path raw;

    private CommandLineRun ingest() {
        CommandLineRun run =
                CommandLineRun.of("ingest", "--input=" + raw, "--output=" + folder.resolve("out"), "--partitions=1");
        assertThat(run.err()).doesNotContain("Exception").doesNotContain("\tat ");
        return run;
    }

    private void write(String name, byte[] bytes) throws IOException {
        raw = Files.createDirectories(folder.resolve("raw"));
        Files.write(raw.resolve(name), bytes);
    }

    private List<Row> rows(String table) {
        return LocalSpark.spark()
                .read()
                .parquet(folder.resolve(table).toString())
                .collectAsList();
    }

    private void assertRejected(String reason, String detail) {
        assertThat(rows("out/_rejected")).singleElement().satisfies(row -> {
            assertThat(row.getString(1)).isEqualTo("ingest");
            assertThat(row.getString(2)).isEqualTo(reason);
            assertThat(row.getString(3)).contains(detail);
        });
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String lines(int count) {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"text\": \"line ").append(random.nextLong()).append("\"}\n");
        }
        return lines.toString();
    }

    @Test
    void aTruncatedGzipGivesTheRecordsBeforeTheCut() throws IOException {
        byte[] whole = gzip(lines(1000));
        write("cut.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));

        assertThat(ingest().code()).isEqualTo(DONE);

        assertThat(rows("out")).hasSizeBetween(300, 700);
        assertRejected("truncated", "cut.jsonl.gz");
    }

    @Test
    void randomBytesNamedAsAPageAreNoText() throws IOException {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        write("noise.html", noise);

        assertThat(ingest().code()).isEqualTo(DONE);

        assertThat(rows("out")).isEmpty();
        assertRejected("not_text", "noise.html");
    }

    @Test
    void anInvalidUtf8LineCostsThatLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("{\"text\": \"one\"}\n{\"text\": \"".getBytes(UTF_8));
        bytes.write(0xff);
        bytes.write("\"}\n{\"text\": \"three\"}\n".getBytes(UTF_8));
        write("mixed.jsonl", bytes.toByteArray());

        assertThat(ingest().code()).isEqualTo(DONE);

        assertThat(rows("out")).extracting(row -> row.getString(1)).containsExactlyInAnyOrder("one", "three");
        assertRejected("invalid_utf8", "mixed.jsonl: byte 16");
    }

    @Test
    void aLineOfFiftyMegabytesCostsThatLine() throws IOException {
        write("long.jsonl", "{\"text\": \"one\"}\n".getBytes(UTF_8));
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'a');
        try (OutputStream out =
                Files.newOutputStream(raw.resolve("long.jsonl"), java.nio.file.StandardOpenOption.APPEND)) {
            for (int i = 0; i < 50; i++) {
                out.write(megabyte);
            }
            out.write("\n{\"text\": \"three\"}\n".getBytes(UTF_8));
        }

        assertThat(ingest().code()).isEqualTo(DONE);

        assertThat(rows("out")).extracting(row -> row.getString(1)).containsExactlyInAnyOrder("one", "three");
        assertRejected("record_too_large", "long.jsonl: byte 16");
    }

    @Test
    void anEmptyFileIsARejectedDocument() throws IOException {
        write("empty.txt", new byte[0]);

        assertThat(ingest().code()).isEqualTo(DONE);

        assertRejected("empty", "empty.txt");
    }

    @Test
    void jobsGoOnWithAnEmptyTable() throws IOException {
        write("empty.txt", new byte[0]);
        ingest();

        for (String job : List.of("filter", "dedup", "redact", "split", "pairs")) {
            CommandLineRun run = CommandLineRun.of(
                    job, "--input=" + folder.resolve("out"), "--output=" + folder.resolve(job), "--partitions=1");
            assertThat(run.code()).as(run.err()).isEqualTo(DONE);
        }
    }

    @Test
    void anEmptyFolderIsAUserError() throws IOException {
        raw = Files.createDirectories(folder.resolve("raw"));

        CommandLineRun run = ingest();

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err()).contains("holds no files");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aMissingFolderIsAUserError() {
        raw = folder.resolve("nowhere");

        CommandLineRun run = ingest();

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err()).contains("nowhere does not exist: name a file, a folder or a glob");
    }

    private static void assertRefused(String job, String... options) {
        List<String> arguments = new ArrayList<>(List.of(job));
        arguments.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isEqualTo(USER_ERROR);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"filter, --input", "summarize, --input", "score, --predictions"})
    void whatIsNoParquetFileIsAUserError(String job, String option) throws IOException {
        write("table.parquet", "this is no Parquet file".getBytes(UTF_8));
        List<String> options = new ArrayList<>(List.of(option + "=" + raw, "--output=" + folder.resolve("out")));
        switch (job) {
            case "summarize" -> options.add("--method=lead");
            case "score" -> options.add("--metric=faithfulness");
            default -> {}
        }

        assertRefused(job, options.toArray(String[]::new));
    }

    @Test
    void whatIsNoTokenizerIsAUserError() throws IOException {
        write("a.jsonl", "{\"text\": \"one\"}".getBytes(UTF_8));
        Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");

        assertRefused("encode", "--input=" + raw, "--tokenizer=" + tokenizer, "--output=" + folder.resolve("out"));
    }

    @Test
    void whatIsNoCheckpointIsAUserError() throws IOException {
        write("a.jsonl", "{\"text\": \"one\"}".getBytes(UTF_8));
        Files.writeString(folder.resolve("config.json"), "{}");

        assertRefused("generate", "--input=" + raw, "--checkpoint=" + folder, "--output=" + folder.resolve("out"));
    }

    @Test
    void whatHoldsNoShardsIsAUserError() throws IOException {
        write("a.jsonl", "{\"text\": \"one\"}".getBytes(UTF_8));

        assertRefused("train", "--input=" + raw, "--output=" + folder.resolve("out"));
    }

    @Test
    void aReferenceWithoutSummaryCostsOnlyItself() throws IOException {
        write("predictions.jsonl", """
                {"id": "a", "output": "the kettle sings"}
                {"id": "b", "output": "the kettle sings"}
                """.getBytes(UTF_8));
        Path references = Files.writeString(folder.resolve("references.jsonl"), """
                {"id": "a", "summary": "the kettle sings"}
                {"id": "b", "summary": null}
                """);

        CommandLineRun run = CommandLineRun.of(
                "score",
                "--metric=rouge",
                "--predictions=" + raw,
                "--references=" + references,
                "--output=" + folder.resolve("out"),
                "--partitions=1");

        assertThat(run.code()).as(run.err()).isEqualTo(DONE);
    }

    @Test
    void aTableWithoutTheColumnIsAUserErrorThatNamesIt() {
        LocalSpark.spark().range(3).write().parquet(folder.resolve("numbers").toString());

        CommandLineRun filter = CommandLineRun.of(
                "filter", "--input=" + folder.resolve("numbers"), "--output=" + folder.resolve("out"));
        CommandLineRun summarize = CommandLineRun.of(
                "summarize",
                "--method=lead",
                "--input=" + folder.resolve("numbers"),
                "--output=" + folder.resolve("out"));

        assertThat(List.of(filter.code(), summarize.code())).containsOnly(USER_ERROR);
        assertThat(filter.err()).contains("no column text");
        assertThat(summarize.err()).contains("needs a column document or text");
    }
}
