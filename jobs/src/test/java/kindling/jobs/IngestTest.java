package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ingest} makes of a folder, however large files are cut and however many tasks there are. */
class IngestTest {
    @TempDir
    static Path work;

    private static Path raw;

    @BeforeAll
    static void writeFiles() throws IOException {
        raw = Files.createDirectories(work.resolve("raw/deep"));
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            String word = random.nextInt(9) == 0 ? "" : "t\u00e9a \u8336 ".repeat(1 + random.nextInt(9));
            lines.append(random.nextInt(20) == 0 ? "{\"text\": broken" : "{\"text\":\"" + i + " " + word + "\"}")
                    .append(random.nextBoolean() ? "\n" : "\r\n");
            text.append(word).append("\n");
        }
        Files.writeString(raw.resolve("a.jsonl"), lines);
        Files.writeString(raw.resolve("long.jsonl"), "{\"text\":\"" + "x".repeat(9_000) + "\"}\n{\"text\":\"end\"}");
        Files.writeString(raw.resolve("b.txt"), text);
        Files.writeString(raw.resolve("c.html"), "<p>Hot tea is ready.");
        Files.write(raw.resolve("d.jsonl.gz"), gzip(lines.toString().getBytes(UTF_8)));
        Files.write(raw.resolve("e.zip"), zip("x/tea.txt", "style.css", "image.png", "../out.txt"));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(UTF_8));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Path ingest(String name, String... options) {
        Path output = work.resolve(name);
        List<String> arguments = new ArrayList<>(
                List.of("ingest", "--input=" + work.resolve("raw"), "--output=" + output, "--max-record-bytes=5000"));
        arguments.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return output;
    }

    private static List<String> rows(Path table) {
        return LocalSpark.spark().read().parquet(table.toString()).orderBy("id").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    @Test
    void cutsAndPartitionsChangeNothing() {
        Path whole = ingest("whole", "--partitions=1", "--split-bytes=100000000");
        Path cut = ingest("cut", "--partitions=2", "--split-bytes=1024");
        Path many = ingest("many", "--partitions=50", "--split-bytes=3000");

        for (String table : List.of("", "_rejected")) {
            assertThat(rows(whole.resolve(table))).isNotEmpty().isEqualTo(rows(cut.resolve(table)));
            assertThat(rows(many.resolve(table))).isEqualTo(rows(whole.resolve(table)));
        }
    }

    @Test
    void splitBytesAreNoPartOfTheManifest() {
        ingest("same", "--split-bytes=2000");

        CommandLineRun again = CommandLineRun.of(
                "ingest",
                "--input=" + work.resolve("raw"),
                "--output=" + work.resolve("same"),
                "--max-record-bytes=5000",
                "--split-bytes=4000");

        assertThat(again.err()).contains("done before, skipped");
    }

    @Test
    void whatIsExcludedIsCountedAndNotInTheLedger() throws IOException {
        Path output = ingest("text", "--include=**.txt", "--exclude=**/b.txt,**.{css,png}");

        assertThat(rows(output)).singleElement().asString().contains("x/tea.txt");
        assertThat(rows(output.resolve("_rejected"))).singleElement().asString().contains("unsafe_path");
        assertThat(Files.readString(output.resolve("_report.json"))).contains("\"files_excluded\" : 7");
    }

    @Test
    void kindsOfAFormatHaveNamesOfTheirOwn() throws IOException {
        Path table = Files.writeString(work.resolve("teas"), "text\tname\nhot\tgreen\n");

        CommandLineRun run = CommandLineRun.of(
                "ingest", "--input=" + table, "--output=" + work.resolve("tsv"), "--format=tsv", "--partitions=1");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(rows(work.resolve("tsv"))).singleElement().asString().contains("hot", "name -> green");
    }

    @Test
    void mistakesAreToldAtOnce() throws IOException {
        Path empty = Files.writeString(work.resolve("empty.txt"), "# nobody\n");
        Path wrong = Files.writeString(work.resolve("wrong.txt"), "a.example\nhttps://b.example/x\n");

        CommandLineRun run = CommandLineRun.of(
                "ingest",
                "--input=" + raw,
                "--output=" + work.resolve("never"),
                "--format=vinyl",
                "--languages=english",
                "--respect=spam",
                "--exclude=**.{a",
                "--max-depth=99",
                "--split-bytes=1",
                "--allow-hosts=" + empty,
                "--deny-hosts=" + wrong);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("format must be one of [auto, zip, ")
                .contains("--languages takes ISO 639-1 codes such as en, got english")
                .contains("respect must be a comma list of [robots, noai, tdm], got [spam]")
                .contains("glob '**.{a' has a { without }")
                .contains("max-depth must be 0 to 16")
                .contains("--split-bytes must be >= 1024, got 1")
                .contains("empty.txt names no host: write one a line")
                .contains("wrong.txt line 2 is no host name such as example.com: 'https://b.example/x'")
                .doesNotContain("\tat ");
    }
}
