package kindling.jobs.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.prep.Document;
import kindling.prep.read.ReadOptions;
import kindling.prep.read.Sink;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFileTest {
    private static final ReadOptions OPTIONS = ReadOptions.defaults();
    private static final int GROUPS_ROWS = 1_000;

    @TempDir
    Path folder;

    private static final class Collected implements Sink {
        private final List<Document> documents = new ArrayList<>();
        private final List<String> rejections = new ArrayList<>();

        @Override
        public void accept(Document document) {
            documents.add(document);
        }

        @Override
        public void reject(String id, String reason, String detail) {
            rejections.add(reason + " " + detail);
        }
    }

    @Test
    void columnsBecomePartsOfADocumentOrMetaData() throws IOException {
        Path file = written("""
                SELECT 'k1' id, 'Tea.' text, 'u' url, 'en' language, 's' source, map('a', 'b', 'c', null) meta,
                  7 number, 7L long, 0.5D double, true flag, CAST(12.30 AS DECIMAL(20, 2)) price, DATE'2024-03-01' day,
                  TIMESTAMP'2024-03-01 10:00:00Z' at, TIMESTAMP_NTZ'2024-03-01 10:00:00.5' local, X'0102FF' bytes,
                  array('x', null, 'y') list, map('k', 1) map, named_struct('p', 1, 'q', array(1.5D)) parts,
                  CAST(null AS STRING) nothing
                """);

        Collected read = read(file);

        assertThat(read.rejections).isEmpty();
        assertThat(read.documents).singleElement().satisfies(document -> {
            assertThat(document.id()).isEqualTo("k1");
            assertThat(List.of(document.text(), document.url(), document.language(), document.source()))
                    .containsExactly("Tea.", "u", "en", "s");
            assertThat(document.meta())
                    .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                            Map.entry("a", "b"),
                            Map.entry("number", "7"),
                            Map.entry("long", "7"),
                            Map.entry("double", "0.5"),
                            Map.entry("flag", "true"),
                            Map.entry("price", "12.30"),
                            Map.entry("day", "2024-03-01"),
                            Map.entry("at", "2024-03-01T10:00:00Z"),
                            Map.entry("local", "2024-03-01T10:00:00.500"),
                            Map.entry("bytes", "AQL/"),
                            Map.entry("list", "[\"x\",null,\"y\"]"),
                            Map.entry("map", "{\"k\":1}"),
                            Map.entry("parts", "{\"p\":1,\"q\":[1.5]}")));
        });
    }

    @Test
    void columnsCanBeNamedAndNumbersIdentify() throws IOException {
        Path file = written("SELECT 42L key, CAST('Tea.' AS BINARY) body");

        Collected read = read(file, OPTIONS.withTextField("body").withIdField("key"));

        assertThat(read.documents).containsExactly(new Document("42", "Tea.", "a.parquet", "", "", Map.of()));
    }

    @Test
    void rowsWithoutIdentifierGetOneFromTheirNumber() throws IOException {
        Collected read = read(written("SELECT CAST(id AS STRING) text FROM range(3)"));

        assertThat(read.documents)
                .extracting(Document::id)
                .containsExactly(
                        Document.idOf("a.parquet", "0"),
                        Document.idOf("a.parquet", "1"),
                        Document.idOf("a.parquet", "2"));
    }

    @Test
    void rowsWithoutTextCostThemselves() throws IOException {
        Collected read = read(written("SELECT IF(id = 1, null, 'Tea.') text FROM range(3)"));

        assertThat(read.documents).hasSize(2);
        assertThat(read.rejections).containsExactly("missing_text a.parquet: row 1: no text in \"text\"");
    }

    @Test
    void missingTextColumnCostsTheFileAndNamesTheOthers() throws IOException {
        Collected read = read(written("SELECT 1 a, 'Tea.' body FROM range(3)"));

        assertThat(read.rejections)
                .containsExactly(
                        "missing_text a.parquet: no column \"text\" for the text, only [a, body]: name one with text-field");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4_raw"})
    void codecsOfSparkAreRead(String codec) throws IOException {
        Path file = written("SELECT 'Tea.' text FROM range(3)", Map.of("compression", codec));

        assertThat(read(file).documents).hasSize(3);
    }

    @Test
    void partsTogetherGiveTheFile() throws IOException {
        Path file = manyGroups();
        List<Document> whole = read(file).documents;

        for (long part : new long[] {1_000, 7_777, 100_000}) {
            Collected parts = new Collected();
            for (long start = 0; start < Files.size(file); start += part) {
                ParquetFile.read("a.parquet", hadoop(file), start, start + part, OPTIONS, parts);
            }
            assertThat(parts.documents).isEqualTo(whole);
        }
        assertThat(whole).hasSize(GROUPS_ROWS);
    }

    @Test
    void damagedPageCostsTheRestOfItsRowGroup() throws IOException {
        Path file = manyGroups();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 4, bytes.length / 4 + 8, (byte) 0x55);
        Files.write(file, bytes);

        Collected read = read(file);

        assertThat(read.rejections).hasSize(1);
        assertThat(read.rejections.get(0))
                .matches("corrupt a\\.parquet: row \\d+: a damaged row group, \\d+ rows lost: .*");
        assertThat(read.documents).hasSizeBetween(GROUPS_ROWS / 2, GROUPS_ROWS - 1);
        assertThat(read.documents.get(read.documents.size() - 1).meta()).containsEntry("row", "999");
    }

    @Test
    void damagedFilesAreOneRejectionInAllParts() throws IOException {
        Path file = manyGroups();
        byte[] bytes = Files.readAllBytes(file);
        List<byte[]> broken = List.of(
                Arrays.copyOf(bytes, bytes.length / 2), "no Parquet".getBytes(UTF_8), new byte[0], noise(bytes));

        for (byte[] content : broken) {
            Files.write(file, content);
            Collected read = read(file);
            ParquetFile.read("a.parquet", hadoop(file), 1_000, Long.MAX_VALUE, OPTIONS, read);

            assertThat(read.rejections)
                    .singleElement()
                    .satisfies(rejection ->
                            assertThat(rejection).startsWith("corrupt a.parquet: no readable Parquet file: "));
        }
    }

    /** The footer's length stands before the last four bytes. */
    private static byte[] noise(byte[] file) {
        byte[] noise = file.clone();
        Arrays.fill(noise, noise.length - 200, noise.length - 8, (byte) 0x7F);
        return noise;
    }

    @Test
    void whatTheSinkThrowsIsPassedOn() throws IOException {
        Path file = written("SELECT 'Tea.' text");

        assertThatThrownBy(() -> ParquetFile.read("a.parquet", hadoop(file), 0, 100, OPTIONS, failing()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("over");
    }

    private static Sink failing() {
        return new Sink() {
            @Override
            public void accept(Document document) {
                throw new IllegalStateException("over");
            }

            @Override
            public void reject(String id, String reason, String detail) {
                throw new AssertionError(detail);
            }
        };
    }

    @Test
    void damagedFileBesideGoodOnesAndOtherFormatsCostsItself() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.copy(written("SELECT 'from parquet' text"), raw.resolve("a.parquet"));
        byte[] whole = Files.readAllBytes(raw.resolve("a.parquet"));
        Files.write(raw.resolve("b.parquet"), Arrays.copyOf(whole, whole.length - 20));
        Files.writeString(raw.resolve("c.jsonl"), "{\"text\":\"from lines\"}\n");

        Outcomes outcomes = Documents.read(
                LocalSpark.spark(),
                hadoop(raw),
                Tables.files(new InputPath(raw.toString())),
                OPTIONS,
                Documents.PART_BYTES,
                LocalSpark.spark().sparkContext().longAccumulator());

        assertThat(outcomes.documents().collectAsList())
                .extracting(row -> row.getString(1))
                .containsExactlyInAnyOrder("from parquet", "from lines");
    }

    private Collected read(Path file) {
        return read(file, OPTIONS);
    }

    private static Collected read(Path file, ReadOptions options) {
        Collected read = new Collected();
        ParquetFile.read("a.parquet", hadoop(file), 0, Long.MAX_VALUE, options, read);
        return read;
    }

    private static org.apache.hadoop.fs.Path hadoop(Path file) {
        return new org.apache.hadoop.fs.Path(file.toUri());
    }

    private Path manyGroups() throws IOException {
        return written(
                "SELECT concat('Tea number ', id, ' of ', sha2(CAST(id AS STRING), 512)) text FROM range(0, %d, 1, 1)"
                        .formatted(GROUPS_ROWS),
                Map.of("parquet.block.size", "10000", "parquet.page.size.row.check.min", "10"));
    }

    private Path written(String query) throws IOException {
        return written(query, Map.of());
    }

    private Path written(String query, Map<String, String> options) throws IOException {
        Path table = folder.resolve("table"
                + IntStream.iterate(0, i -> i + 1)
                        .filter(i -> !Files.exists(folder.resolve("table" + i)))
                        .findFirst()
                        .orElseThrow());
        Dataset<Row> rows = LocalSpark.spark().sql(query).coalesce(1);
        rows.write().options(options).parquet(table.toString());
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
