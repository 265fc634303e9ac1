package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.jobs.io.Json;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.checkpoint.CheckpointFolder;
import kindling.model.train.Learner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of character-level models on a small text, and the parts they are made of. */
class CharacterModelTest {
    private static final int WINDOW = 64;

    @TempDir
    Path work;

    @AfterAll
    static void workInFewPartitionsAgain() {
        LocalSpark.fewPartitions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shakespeare", "shakespeare-llama", "shakespeare-best"})
    void printsTheLossOfTheLastTenthInConsecutiveWindows(String recipe) throws IOException {
        String text = IntStream.range(0, 12).mapToObj(TinyCorpus::story).collect(Collectors.joining("\n"));
        Path input = work.resolve("play.txt");
        Files.writeString(input, text, UTF_8);

        CommandLineRun run = CommandLineRun.of(
                "run",
                "../examples/" + recipe + ".yaml",
                "--set=input=" + input,
                "--set=work=" + work.resolve("run"),
                "--set=train.steps=2");

        assertThat(run.code()).as(run.err()).isZero();
        double expected = loss(text.substring((int) (0.9 * text.length())), text);
        assertThat(run.out()).contains("val loss %.4f nats".formatted(expected));
        assertThat(report("run/score").path("loss").asDouble()).isEqualTo(expected, within(1e-6));
        assertThat(report("run/model").path("train_seconds").asDouble()).isPositive();
    }

    /** By the plain way: one id for each character in the order of code points, one window after the other. */
    private double loss(String part, String text) throws IOException {
        TreeMap<Integer, Integer> ids = new TreeMap<>();
        text.codePoints().forEach(point -> ids.put(point, 0));
        ids.replaceAll((point, id) -> ids.headMap(point).size());
        int[] all = part.codePoints().map(ids::get).toArray();
        Path model = work.resolve("run/model");
        TransformerConfig config = TransformerConfig.fromJson(Files.readString(model.resolve("config.json")));
        double sum = 0;
        int targets = 0;
        try (Learner learner = Learner.forEvaluation(config, 1, WINDOW)) {
            learner.parameters(Checkpoint.readModel(CheckpointFolder.of(model), config));
            for (int from = 0; from + WINDOW < all.length; from += WINDOW) {
                int[] window = Arrays.copyOfRange(all, from, from + WINDOW + 1);
                sum += learner.evaluate(Batch.of(new int[][] {window})).lossSum();
                targets += WINDOW;
            }
        }
        return sum / targets;
    }

    @Test
    void cutsEachTextByCodePointsInTheOrderOfTheParts() throws IOException {
        documents(
                "{\"id\": \"a\", \"text\": \"😀bcdefghi😀\"}",
                "{\"id\": \"b\", \"text\": \"x\"}",
                "{\"id\": \"c\", \"text\": \"0123456\"}");

        split("--by=position", "--parts=head=0.5,middle=0.25,tail=0.25");

        assertThat(texts("head")).containsExactlyInAnyOrder("😀bcde", "012");
        assertThat(texts("middle")).containsExactlyInAnyOrder("fg", "34");
        assertThat(texts("tail")).containsExactlyInAnyOrder("hi😀", "x", "56");
        JsonNode report = report("split");
        assertThat(report.path("rows_in").asInt()).isEqualTo(3);
        assertThat(report.path("rows_out").asInt()).isEqualTo(3);
        assertThat(report.path("characters").asInt()).isEqualTo(18);
    }

    @Test
    void cutsWhereSharesAddUpToInDecimals() throws IOException {
        documents("{\"id\": \"a\", \"text\": \"%s\"}".formatted("0123456789".repeat(100)));

        split("--by=position", "--parts=a=0.7,b=0.2,c=0.1"); // 0.7 + 0.2 is less than 0.9 in binary

        assertThat(texts("a").get(0)).hasSize(700);
        assertThat(texts("b").get(0)).hasSize(200);
        assertThat(texts("c").get(0)).hasSize(100);
    }

    @Test
    void withoutPartsTheBeginningTrainsAndTheEndIsHeldOut() throws IOException {
        LocalSpark.spark()
                .sql("SELECT 'a' AS id, repeat('0', 95) || repeat('1', 5) AS text UNION ALL SELECT 'empty', ''")
                .coalesce(1)
                .write()
                .parquet(work.resolve("documents.jsonl").toString());

        split("--by=position");

        assertThat(texts("train")).containsExactly("0".repeat(95));
        assertThat(texts("heldout")).containsExactlyInAnyOrder("1".repeat(5), "");
        assertThat(report("split").path("rows_out").asInt()).isEqualTo(2);
    }

    @Test
    void theLastPartEndsWithTheText() throws IOException {
        documents("{\"id\": \"a\", \"text\": \"%s\"}".formatted("0123456789".repeat(3)));

        split("--by=position", "--parts=a=0.3333333333,b=0.3333333333,c=0.3333333333");

        assertThat(texts("a").get(0) + texts("b").get(0) + texts("c").get(0)).isEqualTo("0123456789".repeat(3));
    }

    @Test
    void makesATokenOfEveryCharacter() throws IOException {
        documents("{\"id\": \"a\", \"text\": \"ba😀\"}", "{\"id\": \"b\", \"text\": \"e\\u0301b\\ud800\"}");

        CommandLineRun run = tokenizer("characters", "--normalize=nfc");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode vocabulary = Json.parse(Files.readString(work.resolve("characters/tokenizer.json")))
                .path("model")
                .path("vocab");
        List<String> pieces = new ArrayList<>();
        vocabulary.fieldNames().forEachRemaining(pieces::add);
        assertThat(pieces).startsWith("a", "b", "é").contains("😀").endsWith("<|unknown|>", "<|endoftext|>");
    }

    @Test
    void refusesMoreCharactersThanTheVocabularyMayHave() throws IOException {
        documents("{\"id\": \"a\", \"text\": \"abc\"}");

        assertThat(tokenizer("few", "--vocab-size=4").err())
                .contains("the documents have 3 characters, with special tokens 5 ids: raise --vocab-size from 4");
        assertThat(tokenizer("unit", "--unit=word").code()).isEqualTo(2);
    }

    @Test
    void tellsMistakesInSpecialTokensOfCharacters() throws IOException {
        documents("{\"id\": \"a\", \"text\": \"abc\"}");

        assertThat(tokenizer("twice", "--special-tokens=<|a|>,<|a|>").err()).contains("must be different");
        assertThat(tokenizer("blank", "--special-tokens=<|a|>, ").err()).contains("must not be blank");
        assertThat(tokenizer("words", "--pattern=gpt2").err()).contains("--pattern cuts words");
        assertThat(tokenizer("same", "--special-tokens=b").err()).contains("\"b\" is a character of the documents");
    }

    private CommandLineRun tokenizer(String name, String option) {
        List<String> arguments = new ArrayList<>(List.of(
                "train-tokenizer", "--input=" + work.resolve("documents.jsonl"), "--output=" + work.resolve(name)));
        arguments.add(option);
        if (!option.startsWith("--unit")) {
            arguments.add("--unit=character");
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private void documents(String... lines) throws IOException {
        Files.write(work.resolve("documents.jsonl"), List.of(lines), UTF_8);
    }

    private void split(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "split",
                "--input=" + work.resolve("documents.jsonl"),
                "--output=" + work.resolve("split"),
                "--partitions=2",
                "--output-format=jsonl"));
        arguments.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
    }

    private List<String> texts(String part) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(work.resolve("split").resolve(part))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                Files.readAllLines(file)
                        .forEach(line -> texts.add(Json.parse(line).path("text").asText()));
            }
        }
        return texts;
    }

    private JsonNode report(String folder) throws IOException {
        return Json.parse(Files.readString(work.resolve(folder).resolve("_report.json")));
    }
}
