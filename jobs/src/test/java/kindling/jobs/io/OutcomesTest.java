package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.prep.Verdict;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
    @TempDir
    Path folder;

    private final Report report = new Report(new Manifest("test", "1.0", new TreeMap<>(), new TreeMap<>()));

    @BeforeEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private Outcomes read(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("corpus.jsonl"), List.of(lines));
        return Documents.read(LocalSpark.spark(), new InputPath(file.toString()));
    }

    private org.apache.hadoop.fs.Path out() {
        return Storage.absolute(folder.resolve("out").toString());
    }

    private List<String> ledger() {
        return LocalSpark.spark().read().parquet(out() + "/_rejected").orderBy("id", "detail").collectAsList().stream()
                .map(row -> "%s %s %s".formatted(row.getString(0), row.getString(1), row.getString(2)))
                .toList();
    }

    @Test
    void documentsAndLedgerAddUp() throws IOException {
        Outcomes outcomes = read(
                        "{\"id\": 1, \"text\": \"short\"}", "{\"id\": 2, \"text\": \"long enough\"}", "no json")
                .judged(() -> document -> new Outcome(
                        document, document.text().length() < 8 ? Verdict.drop("too_short", "5 < 8") : Verdict.KEEP));

        outcomes.write(out(), "test", "parquet", 2, report);

        List<Row> documents =
                LocalSpark.spark().read().parquet(out().toString()).collectAsList();
        assertThat(documents).extracting(row -> row.getString(0)).containsExactly("2");
        assertThat(ledger())
                .hasSize(2)
                .contains("1 test too_short")
                .anyMatch(row -> row.endsWith(" test invalid_json"));
        assertThat(Json.parse(report.json()).toString())
                .contains("\"rows_in\":3,\"rows_out\":1,\"rejected\":{\"invalid_json\":1,\"too_short\":1}")
                .contains("\"bytes_in\":16,\"bytes_out\":11,\"languages\":{\"unknown\":1},\"lengths\":{\"8\":1}")
                .contains("\"rates\":{\"documents_per_second\":");
    }

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 2, 7})
    void theFirstDocumentWithAnIdStaysAndTheOthersAreInTheLedger(int partitions) throws IOException {
        Outcomes outcomes = read(
                "{\"id\": \"a\", \"text\": \"zebra\"}",
                "{\"id\": \"a\", \"text\": \"ant\"}",
                "{\"id\": \"b\", \"text\": \"bee\"}",
                "{\"id\": \"a\", \"text\": \"mole\"}");

        outcomes.write(out(), "test", "parquet", partitions, report);

        assertThat(LocalSpark.spark()
                        .read()
                        .parquet(out().toString())
                        .orderBy("id")
                        .collectAsList())
                .extracting(row -> row.getString(1))
                .containsExactly("ant", "bee");
        assertThat(ledger()).containsExactly("a test duplicate_id", "a test duplicate_id");
    }

    @Test
    void verdictsOfAJoinAreTakenAndEarlierOnesStay() throws IOException {
        Outcomes outcomes = read(
                        "{\"id\": \"a\", \"text\": \"x\"}",
                        "{\"id\": \"b\", \"text\": \"y\"}",
                        "{\"id\": \"c\", \"text\": \"\u00e9\"}")
                .judged(() -> document -> new Outcome(
                        document, document.id().equals("c") ? Verdict.drop("not_ascii", "") : Verdict.KEEP));
        var verdicts =
                LocalSpark.spark().sql("SELECT * FROM VALUES ('b', 'duplicate_near', 'of a'), ('c', 'late', '')");

        outcomes.dropping(verdicts).write(out(), "test", "parquet", 1, report);

        assertThat(ledger()).containsExactly("b test duplicate_near", "c test not_ascii");
    }

    @Test
    void aCountThatDoesNotAddUpFailsTheJob() throws IOException {
        Outcomes outcomes = read("{\"id\": 1, \"text\": \"one\"}", "{\"id\": 2, \"text\": \"two\"}");

        assertThatThrownBy(() -> outcomes.settle(out(), "test", "parquet", 1, report))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("2 documents came in, but 1 went out or were rejected: nothing was committed");
    }

    @Test
    void parquetRowsWithoutTextCostOnlyThemselves() throws IOException {
        String table = folder.resolve("table").toString();
        LocalSpark.spark()
                .sql("SELECT * FROM VALUES ('a', 'text'), ('b', NULL), (NULL, 'no id') AS t(id, text)")
                .write()
                .parquet(table);

        Documents.read(LocalSpark.spark(), new InputPath(table)).write(out(), "test", "parquet", 1, report);

        assertThat(LocalSpark.spark().read().parquet(out().toString()).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("a");
        assertThat(ledger()).hasSize(2);
    }

    @Test
    void fileNamesAreTheSameOnEveryRun() throws IOException {
        read("{\"id\": 1, \"text\": \"one\"}").write(out(), "test", "jsonl", 1, report);

        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .containsExactlyInAnyOrder("part-00000.jsonl", "_rejected");
        }
        assertThat(folder.resolve("out/part-00000.jsonl"))
                .hasContent("{\"id\":\"1\",\"text\":\"one\",\"source\":\"corpus.jsonl\",\"meta\":{}}");
    }
}
