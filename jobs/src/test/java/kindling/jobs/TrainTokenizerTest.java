package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kindling.jobs.io.Report;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.bpe.TextCut;
import kindling.prep.bpe.WordCounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainTokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SIZE = 300;

    private static final List<String> TEXTS = texts();

    @TempDir
    static Path work;

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(
                IntStream.range(0, 12).mapToObj(TinyCorpus::story).toList());
        texts.add("Cafe\u0301s aren't caf\u00E9s, THEY'RE 12345 bars\n\n  \u4E2D\u6587");
        texts.add("x".repeat(1_000_000));
        texts.add("");
        return texts;
    }

    @BeforeAll
    static void writeDocuments() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String text : TEXTS) {
            lines.add(JSON.writeValueAsString(Map.of("id", "d" + lines.size(), "text", text)));
        }
        Files.write(work.resolve("documents.jsonl"), lines, UTF_8);
    }

    @AfterAll
    static void workInFewPartitionsAgain() {
        LocalSpark.fewPartitions();
    }

    @ParameterizedTest(name = "{0}, {1}, {2} partitions")
    @CsvSource({"gpt2, none, 2", "qwen2, none, 1", "o200k, nfc, 1", "o200k, nfc, 2", "o200k, nfc, 200"})
    void givesTheBytesThatTrainingOnOneTableGives(String pattern, String normalize, int partitions) throws IOException {
        Path output = work.resolve(pattern + partitions);

        run(output, "--pattern=" + pattern, "--normalize=" + normalize, "--partitions=" + partitions);

        assertThat(output.resolve("tokenizer.json")).hasContent(trained(new TextCut(pattern, normalize.equals("nfc"))));
    }

    @Test
    void leavesRareWordsOutAndTellsWhatIsCovered() throws IOException {
        Path output = work.resolve("floor");

        run(output, "--min-count=5");

        JsonNode report = report(output);
        assertThat(report.path("kept_distinct_words").asLong())
                .isPositive()
                .isLessThan(report.path("distinct_words").asLong());
        assertThat(report.path("coverage_words").asDouble()).isBetween(0.5, 0.99);
        assertThat(report.path("coverage_bytes").asDouble()).isLessThan(0.1); // the long word is most of the text
        assertThat(report.path("peak_driver_heap_bytes").asLong()).isPositive();
    }

    @Test
    void comparesBytesPerTokenOnOtherDocuments() throws IOException {
        Path output = work.resolve("compared");
        Files.writeString(
                work.resolve("other.jsonl"),
                JSON.writeValueAsString(Map.of("id", "a", "text", TinyCorpus.story(99))) + "\n",
                UTF_8);

        CommandLineRun run = run(output, "--held-out=" + work.resolve("other.jsonl"));

        JsonNode figures = report(output).path("held_out_bytes_per_token");
        assertThat(figures.path("trained").asDouble()).isBetween(1.2, 4.0);
        assertThat(figures.path("gpt2").asDouble()).isBetween(3.5, 7.0);
        assertThat(figures.path("cl100k").asDouble()).isBetween(3.5, 7.0);
        assertThat(run.err()).contains("train-tokenizer | held out | cl100k ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--min-count=0", "--normalize=nfd", "--pattern=gpt3", "--vocab-size=259"})
    void refusesWhatCannotWork(String option) {
        CommandLineRun run = CommandLineRun.withoutSpark(
                "train-tokenizer", "--input=" + work, "--output=" + work.resolve("none"), option);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(option.substring(option.indexOf('=') + 1))
                .doesNotContain("\tat ");
    }

    private static CommandLineRun run(Path output, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "train-tokenizer",
                "--input=" + work.resolve("documents.jsonl"),
                "--output=" + output,
                "--vocab-size=" + SIZE));
        arguments.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static String trained(TextCut cut) {
        WordCounts counts = new WordCounts();
        TEXTS.forEach(text -> counts.addWords(text, cut));
        return BpeTrainer.train(counts, SIZE, cut, BpeTrainer.SPECIAL_TOKENS, merges -> {})
                .json();
    }

    private static JsonNode report(Path output) throws IOException {
        return JSON.readTree(output.resolve(Report.FILE).toFile());
    }
}
