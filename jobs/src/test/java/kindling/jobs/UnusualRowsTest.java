package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.infer.TinyCheckpoint;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of no rows, texts of millions of characters, and more partitions than rows, through {@code generate} and {@code summarize}. */
class UnusualRowsTest {
    private static final int HUGE = 20_000_000; // characters
    private static final String SENTENCE = "The miller of the valley sold the clock number %d to a friend. ";
    private static final Duration DEADLINE =
            Duration.ofMinutes(10); // it takes up to 40 s on two idle cores; what grows with the square, days

    @TempDir
    static Path work;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeModelAndRows() throws IOException {
        TinyCheckpoint.write(work.resolve("model"), 512, 16, 1);
        LocalSpark.spark()
                .createDataFrame(
                        List.<Row>of(),
                        new StructType()
                                .add("id", DataTypes.StringType)
                                .add("text", DataTypes.StringType)
                                .add("page", DataTypes.IntegerType))
                .write()
                .parquet(work.resolve("none.parquet").toString());
        Files.writeString(work.resolve("none.jsonl"), "");
        Files.write(
                work.resolve("some.jsonl"),
                IntStream.range(0, 30)
                        .mapToObj(i -> row(i, text(1 + i % 7, i / 2)))
                        .toList());
        Files.writeString(work.resolve("sentences.jsonl"), row(0, text(HUGE / SENTENCE.length(), 0)));
        Files.writeString(work.resolve("pieces.jsonl"), row(0, text(5_000, 0)));
        Files.writeString(work.resolve("words.jsonl"), row(0, "clock ".repeat(HUGE / 5)));
    }

    @AfterAll
    static void leaveTheSessionAsItWas() {
        LocalSpark.fewPartitions();
    }

    private static String text(int sentences, int first) {
        return IntStream.range(0, sentences)
                .mapToObj(i -> SENTENCE.formatted(first + i))
                .collect(Collectors.joining());
    }

    private static String row(int id, String text) {
        return "{\"id\": \"%d\", \"text\": \"%s\"}".formatted(id, text);
    }

    /** @param job with options of its own */
    private Dataset<Row> answers(String job, String input, String output, int partitions) {
        List<String> arguments = new ArrayList<>(List.of(job.split(" ", -1)));
        arguments.addAll(List.of("--input=" + work.resolve(input), "--output=" + folder.resolve(output)));
        arguments.addAll(List.of("--checkpoint=" + work.resolve("model"), "--max-new-tokens=8"));
        arguments.add("--partitions=" + partitions);
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        String written = folder.resolve(output).toString();
        return job.contains("jsonl")
                ? LocalSpark.spark().read().json(written)
                : LocalSpark.spark().read().parquet(written);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "generate",
                "generate --task=sentiment",
                "summarize --method=auto",
                "summarize --method=abstractive",
                "summarize --method=extractive",
                "summarize --method=lead"
            })
    void aTableWithoutRowsGivesOneWithoutRows(String job) {
        Dataset<Row> parquet = answers(job, "none.parquet", "parquet", 2);
        Dataset<Row> lines = answers(job, "none.jsonl", "lines", 2);

        assertThat(parquet.count()).isZero();
        assertThat(parquet.columns())
                .startsWith("id", "text", "page", "output", "error")
                .endsWith("replaced_sentences");
        assertThat(lines.count()).isZero();
        assertThat(lines.columns()).startsWith("id", "text", "output", "error").endsWith("replaced_sentences");
    }

    @Test
    void aTableWithoutRowsAndColumnsIsReadAgain() {
        Dataset<Row> lines = answers("generate --output-format=jsonl", "none.parquet", "lines", 2);
        Dataset<Row> again = answers("summarize", folder.resolve("lines").toString(), "again", 2);

        assertThat(lines.count()).isZero();
        assertThat(again.count()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"generate", "summarize --method=auto"})
    void bytesOfTwoHundredPartitionsAreThoseOfOne(String job) throws IOException {
        answers(job, "some.jsonl", "one", 1);
        answers(job, "some.jsonl", "many", 200);

        assertThat(Outputs.digests(folder.resolve("many"))).isEqualTo(Outputs.digests(folder.resolve("one")));
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "generate, words, generate, PromptTooLong, 0",
        "generate, sentences, generate, PromptTooLong, 0",
        "summarize --method=lead, words, lead, , 0",
        "summarize --method=extractive, words, extractive, , 0",
        "summarize --method=extractive, sentences, extractive, , 0",
        "summarize --method=abstractive --long=head, sentences, abstractive, , 21158216",
        "summarize --method=auto --long=head, sentences, extractive, , 21158216",
        "summarize --method=abstractive, pieces, abstractive, , 0",
        "summarize --method=auto, pieces, extractive, , 0"
    })
    void aHugeTextIsAnsweredOrSaysWhyNot(String job, String input, String method, String error, int dropped) {
        Row row = assertTimeout(
                DEADLINE,
                () -> answers(job, input + ".jsonl", "out", 2).drop("text").first());

        assertThat(row.<String>getAs("error"))
                .matches(message -> error == null ? message == null : message.startsWith(error + ": "));
        assertThat(row.<String>getAs("method")).isEqualTo(method);
        assertThat(row.<Integer>getAs("dropped_tokens")).isEqualTo(dropped);
    }
}
