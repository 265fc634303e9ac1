package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same documents, ledgers and tokenizer, however many parts the work is cut into. */
class PartitionsTest {
    private static final List<Integer> PARTITIONS = List.of(1, 3, 200);
    private static final List<Integer> FEW = List.of(1, 3, 8); // for joins in many rounds

    @TempDir
    static Path work;

    @BeforeAll
    static void runWithEachNumberOfPartitions() throws IOException {
        Path raw = TinyCorpus.write(work.resolve("raw"));
        for (int partitions : PARTITIONS) {
            Path folder = work.resolve(String.valueOf(partitions));
            run(partitions, "ingest", raw, folder.resolve("documents"));
            run(
                    partitions,
                    "train-tokenizer",
                    work.resolve("1/documents"),
                    folder.resolve("tokenizer"),
                    "--vocab-size=300");
        }
        for (int partitions : FEW) {
            Path folder = work.resolve(String.valueOf(partitions));
            run(partitions, "dedup", work.resolve("3/documents"), folder.resolve("distinct"), "--rows=2", "--bands=40");
        }
        LocalSpark.fewPartitions();
    }

    private static void run(int partitions, String job, Path input, Path output, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of(job, "--input=" + input, "--output=" + output, "--partitions=" + partitions));
        arguments.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static List<String> rows(int partitions, String table) {
        Dataset<Row> rows = LocalSpark.spark()
                .read()
                .parquet(work.resolve(partitions + "/" + table).toString());
        return rows.orderBy("id").collectAsList().stream().map(Row::toString).toList();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"documents", "documents/_rejected"})
    void documentsAndLedgersAreTheSame(String table) {
        assertThat(rows(3, table)).isNotEmpty().isEqualTo(rows(1, table));
        assertThat(rows(200, table)).isEqualTo(rows(1, table));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"distinct", "distinct/_rejected", "distinct/_clusters"})
    void clustersAreTheSame(String table) {
        assertThat(rows(3, table)).isNotEmpty().isEqualTo(rows(1, table));
        assertThat(rows(8, table)).isEqualTo(rows(1, table));
    }

    @Test
    void tokenizersAreTheSameBytes() throws IOException {
        byte[] one = Files.readAllBytes(work.resolve("1/tokenizer/tokenizer.json"));

        assertThat(work.resolve("3/tokenizer/tokenizer.json")).hasBinaryContent(one);
        assertThat(work.resolve("200/tokenizer/tokenizer.json")).hasBinaryContent(one);
    }
}
