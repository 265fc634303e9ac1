package kindling.jobs.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.Outputs;
import kindling.jobs.UserError;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Output;
import kindling.jobs.io.Report;
import kindling.jobs.rows.Inference.TaskSource;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("tags", DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType));

    private static final int ROWS = 60;
    private static final int CHUNK_ROWS = 8;
    private static final ErrorLimit ANY = ErrorLimit.of("100%");

    @TempDir
    Path folder;

    @AfterAll
    static void leaveTheSessionAsItWas() {
        LocalSpark.fewPartitions();
    }

    /** Says everything loudly, counts what it is asked, and breaks on some texts. */
    private record Shout(LongAccumulator asked, String poison, long breath) implements Task {
        @Override
        public List<Answer> answer(List<Request> requests) {
            asked.add(requests.size());
            if (asked.value() > breath) {
                throw new OutOfBreath();
            }
            return requests.stream().map(this::answer).toList();
        }

        private Answer answer(Request request) {
            if (request.text().contains(poison)) {
                throw new IllegalArgumentException("cannot shout that");
            }
            return Answer.plain(request.text().toUpperCase(Locale.ROOT), "shout", null);
        }

        @Override
        public void close() {}
    }

    /** What costs a task, not a row. */
    private static final class OutOfBreath extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final String NOTHING = "\n";

    private static LongAccumulator counter() {
        return LocalSpark.spark().sparkContext().longAccumulator();
    }

    private static TaskSource shout(LongAccumulator asked) {
        return () -> new Shout(asked, NOTHING, ROWS);
    }

    /** Rows of which three ask the same, with some that differ in nothing but a further column. */
    private static Dataset<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Integer> tags = Map.of("n", i % 2);
            rows.add(RowFactory.create(
                    "row-" + i / 2, "text " + i / 3, scala.jdk.javaapi.CollectionConverters.asScala(tags)));
        }
        return table(rows);
    }

    private static Dataset<Row> table(List<Row> rows) {
        return LocalSpark.spark().createDataFrame(rows, SCHEMA);
    }

    private static Rows rows(Dataset<Row> table) {
        return new Rows(table, "id", "text", false, false);
    }

    private void run(String output, Rows rows, TaskSource tasks, int partitions, ErrorLimit limit, String format) {
        new Inference(rows, tasks, partitions, CHUNK_ROWS, limit)
                .run(
                        new org.apache.hadoop.fs.Path(folder.resolve(output).toString()),
                        format,
                        3,
                        new Report(new Manifest("generate", "1.0", new TreeMap<>(), new TreeMap<>())));
    }

    private void run(String output, TaskSource tasks) {
        run(output, rows(table()), tasks, 2, ANY, "jsonl");
    }

    /** The files of the table. */
    private Map<String, String> written(String output) throws IOException {
        Map<String, String> digests = Outputs.digests(folder.resolve(output));
        digests.keySet().removeIf(name -> name.startsWith("."));
        assertThat(digests).isNotEmpty();
        return digests;
    }

    private List<Row> answers(String output) {
        return LocalSpark.spark()
                .read()
                .json(folder.resolve(output).toString())
                .orderBy("id", "text")
                .collectAsList();
    }

    private List<Path> chunks(String output) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(output).resolve(Output.SCRATCH + "/answers"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyRowGetsItsAnswerAndEqualTextsAreAskedOnce() {
        LongAccumulator asked = counter();

        run("out", shout(asked));

        assertThat(answers("out"))
                .hasSize(ROWS)
                .allSatisfy(row -> assertThat(row.<String>getAs("output"))
                        .isEqualTo(row.<String>getAs("text").toUpperCase(Locale.ROOT)));
        assertThat(asked.value()).isEqualTo(ROWS / 3);
    }

    @Test
    void rowsThatDrawAreAskedEachByItsId() {
        LongAccumulator asked = counter();

        run("out", new Rows(table(), "id", "text", true, false), shout(asked), 2, ANY, "jsonl");

        long different = table().select("id", "text").distinct().count();
        assertThat(asked.value()).isEqualTo(different).isGreaterThan(ROWS / 3);
    }

    @ParameterizedTest(name = "{0} in {1} partitions")
    @CsvSource({"jsonl, 2", "jsonl, 7", "parquet, 2", "parquet, 7"})
    void bytesDoNotDependOnPartitions(String format, int partitions) throws IOException {
        run("one", rows(table()), shout(counter()), 1, ANY, format);
        run("many", rows(table().repartition(5)), shout(counter()), partitions, ANY, format);

        assertThat(written("many")).isEqualTo(written("one"));
    }

    @Test
    void aRunThatDiedGoesOnToTheBytesOfOneThatDidNot() throws IOException {
        run("undisturbed", shout(counter()));
        LongAccumulator lost = counter();
        TaskSource dying = () -> new Shout(lost, NOTHING, ROWS / 6);
        assertThatThrownBy(() -> run("died", rows(table()), dying, 1, ANY, "jsonl"))
                .hasRootCauseInstanceOf(OutOfBreath.class);
        assertThat(chunks("died")).isNotEmpty();
        LongAccumulator asked = counter();

        run("died", shout(asked));

        assertThat(written("died")).isEqualTo(written("undisturbed"));
        assertThat(asked.value()).isPositive().isLessThan(ROWS / 3);
    }

    @Test
    void whenAllIsDurableNothingIsAskedAndHalfATableIsWrittenAgain() throws IOException {
        run("out", shout(counter()));
        Map<String, String> whole = written("out");
        Files.delete(folder.resolve("out").resolve(whole.keySet().iterator().next()));
        Files.writeString(folder.resolve("out/part-99999.jsonl"), "{\"id\": \"left over\"}");
        LongAccumulator asked = counter();

        run("out", shout(asked));

        assertThat(written("out")).isEqualTo(whole);
        assertThat(asked.value()).isZero();
    }

    @Test
    void aDamagedChunkIsAnsweredAgain() throws IOException {
        run("out", shout(counter()));
        Map<String, String> whole = written("out");
        Path chunk = chunks("out").get(0);
        String sound = Files.readString(chunk);
        Files.writeString(chunk, sound.replaceFirst("TEXT", "TEXD"));
        LongAccumulator asked = counter();

        run("out", shout(asked));

        assertThat(chunk).hasContent(sound);
        assertThat(asked.value()).isBetween(1L, (long) CHUNK_ROWS * 2);
        assertThat(written("out")).isEqualTo(whole);
    }

    @Test
    void aRowThatATaskBreaksOnCostsItselfAlone() {
        LongAccumulator asked = counter();

        run("out", () -> new Shout(asked, "text 13", ROWS));

        assertThat(answers("out")).hasSize(ROWS).allSatisfy(row -> {
            boolean poison = row.<String>getAs("text").equals("text 13");
            assertThat(row.<String>getAs("error"))
                    .isEqualTo(poison ? "IllegalArgumentException: cannot shout that" : null);
        });
    }

    @Test
    void rowsWithoutIdOrTextAreNotAskedAbout() {
        LongAccumulator asked = counter();
        Dataset<Row> table = table(List.of(
                RowFactory.create(null, "text", null),
                RowFactory.create("a", "text", null),
                RowFactory.create("b", null, null),
                RowFactory.create(null, null, null)));

        run("out", rows(table), shout(asked), 2, ANY, "jsonl");

        assertThat(asked.value()).isEqualTo(1);
        assertThat(answers("out").stream()
                        .map(row -> row.getAs("id") + " " + row.getAs("error"))
                        .toList())
                .containsExactlyInAnyOrder(
                        "null MissingId: the row has no id",
                        "null MissingId: the row has no id",
                        "a null",
                        "b MissingText: the row has no text");
    }

    @Test
    void aHopelessJobEndsWithItsErrorsAndWhatIsDurableStays() throws IOException {
        TaskSource tasks = shout(counter());
        Dataset<Row> table =
                table().withColumn("text", org.apache.spark.sql.functions.expr("if(id < 'row-2', null, text)"));

        assertThatThrownBy(() -> run("out", rows(table), tasks, 2, ErrorLimit.of("5%"), "jsonl"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("of 60 rows have failed")
                .hasMessageContaining("--fail-on-errors allows 3")
                .hasMessageContaining("× MissingText: the row has no text");
        assertThat(chunks("out")).isNotEmpty();
        assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**.jsonl");
    }

    @Test
    void columnsThatTheOutputAddsAreRefused() {
        assertThatThrownBy(() -> rows(table().withColumnRenamed("tags", "error")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the input has columns [error]");
    }
}
