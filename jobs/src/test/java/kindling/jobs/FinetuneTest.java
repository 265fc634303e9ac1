package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kindling.jobs.infer.TinyTokenizer;
import kindling.jobs.io.Json;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** finetune on the command line: pairs and conversations, packed and not, whole and broken. */
class FinetuneTest {
    private static final int PAIRS = 40;

    private static WorkFolder work;

    @BeforeAll
    static void makesACheckpointAndRows(@TempDir Path folder) throws IOException {
        work = new WorkFolder(folder);
        Files.writeString(work.resolve("tokenizer.json"), TinyTokenizer.chat().json());
        Files.writeString(work.resolve("config.json"), """
                {"model_type": "llama", "vocab_size": 259, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "num_key_value_heads": 2, "max_position_embeddings": 160, "rms_norm_eps": 1e-5,
                 "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": true}
                """);
        Files.writeString(
                work.resolve("texts.jsonl"), "{\"id\": \"a\", \"text\": \"%s\"}\n".formatted("word ".repeat(90)));
        work.run("tokenize", "shards", "--input=@texts.jsonl", "--tokenizer=@tokenizer.json");
        work.run("train", "model", "--input=@shards", "--model=@config.json", "--steps=0");
        Files.write(
                work.resolve("pairs.jsonl"),
                IntStream.range(0, PAIRS)
                        .mapToObj(i -> "{\"id\": \"p%02d\", \"prompt\": \"question %d\", \"completion\": \"answer %d\"}"
                                .formatted(i, i, i))
                        .toList());
        Files.write(work.resolve("talks.jsonl"), talks());
    }

    private static List<String> talks() {
        String hi = "{\"role\": \"user\", \"content\": \"Hi\"}";
        String yes = "{\"role\": \"assistant\", \"content\": \"Yes\"}";
        return List.of(
                talk("good", hi, yes),
                talk("long", said("user", 100), yes, hi, said("assistant", 40)),
                talk("longer", hi, said("assistant", 300)),
                talk("silent", hi),
                talk("strange", hi, "{\"role\": \"narrator\", \"content\": \"Later.\"}", yes),
                talk("mute", hi, "{\"role\": \"assistant\", \"content\": null}"),
                "{\"id\": \"none\", \"messages\": null}",
                "{\"messages\": [" + hi + ", " + yes + "]}");
    }

    private static String talk(String id, String... messages) {
        return "{\"id\": \"%s\", \"messages\": [%s]}".formatted(id, String.join(", ", messages));
    }

    private static String said(String role, int words) {
        return "{\"role\": \"%s\", \"content\": \"%s\"}"
                .formatted(role, "x ".repeat(words / 2).strip());
    }

    private static CommandLineRun finetune(String output, String... options) {
        List<String> all = new ArrayList<>(List.of("--local-steps=2", "--batch-size=2", "--replicas=1"));
        all.addAll(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith("--init="))) {
            all.add("--init=@model");
        }
        return work.attempt("finetune", output, all.toArray(String[]::new));
    }

    private static JsonNode finetuned(String output, String... options) {
        CommandLineRun run = finetune(output, options);
        assertThat(run.code()).as(run.err()).isZero();
        return work.report(output);
    }

    private static Map<String, String> rejected(String output) {
        Map<String, String> reasons = new TreeMap<>();
        for (Row row : work.rows(output + "/_rejected")) {
            assertThat(row.getString(1)).isEqualTo("finetune");
            reasons.put(row.getString(0), row.getString(2));
        }
        return reasons;
    }

    @Test
    void shortPairsShareSequences() throws IOException {
        JsonNode packed = finetuned("packed", "--input=@pairs.jsonl", "--steps=2");
        JsonNode alone = finetuned("alone", "--input=@pairs.jsonl", "--steps=2", "--packing=none");

        assertThat(alone.path("sequences").asInt()).isEqualTo(PAIRS);
        assertThat(packed.path("sequences").asInt()).isBetween(8, 12); // of at most 8 shards' worth
        assertThat(packed.path("rows_out").asInt()).isEqualTo(PAIRS);
        assertThat(rejected("packed")).isEmpty();
        assertThat(work.resolve("packed/_lessons")).doesNotExist();
        assertThat(Files.readString(work.resolve("packed/trainer_state.json")))
                .contains("\"prompt_template\" : \"{document}\"");
    }

    @Test
    void whatSharesASequenceDoesNotDependOnPartitions() throws IOException {
        LocalSpark.spark()
                .read()
                .json(work.resolve("pairs.jsonl").toString())
                .repartition(5)
                .write()
                .parquet(work.resolve("pairs.parquet").toString());
        finetuned("of-lines", "--input=@pairs.jsonl", "--steps=2", "--partitions=1");
        finetuned("of-parquet", "--input=@pairs.parquet", "--steps=2", "--partitions=3");

        assertThat(Files.mismatch(
                        work.resolve("of-lines/model.safetensors"), work.resolve("of-parquet/model.safetensors")))
                .isEqualTo(-1);
    }

    @Test
    void everyConversationIsTaughtOrStandsInTheLedger() throws IOException {
        JsonNode report = finetuned("talked", "--input=@talks.jsonl", "--steps=1", "--system=Be kind.");

        assertThat(rejected("talked"))
                .isEqualTo(Map.of(
                        "longer", "too_long",
                        "silent", "no_assistant_turn",
                        "strange", "unknown_role",
                        "mute", "missing_content",
                        "none", "no_assistant_turn",
                        "", "missing_id"));
        assertThat(report.path("rows_in").asInt()).isEqualTo(8);
        assertThat(report.path("rows_out").asInt()).isEqualTo(2);
        assertThat(report.path("turns_dropped").asInt()).isEqualTo(2);
    }

    @Test
    void conversationsInParquetGiveTheSameModel() throws IOException {
        LocalSpark.spark()
                .read()
                .json(work.resolve("talks.jsonl").toString())
                .write()
                .parquet(work.resolve("talks.parquet").toString());
        finetuned("talks-of-lines", "--input=@talks.jsonl", "--steps=2");
        finetuned("talks-of-parquet", "--input=@talks.parquet", "--steps=2");

        assertThat(Files.mismatch(
                        work.resolve("talks-of-lines/model.safetensors"),
                        work.resolve("talks-of-parquet/model.safetensors")))
                .isEqualTo(-1);
    }

    @Test
    void theModelKeepsItsTemplate() throws IOException {
        Files.writeString(
                work.resolve("turns.jinja"),
                "{% for m in messages %}<|im_start|>{{ m.role }}: {{ m.content }}<|im_end|>{% endfor %}\n");

        finetuned("chatting", "--input=@pairs.jsonl", "--template=chat", "--chat-template=@turns.jinja", "--steps=1");
        finetuned("again", "--input=@pairs.jsonl", "--template=chat", "--init=@chatting", "--steps=1");

        JsonNode config = Json.parse(Files.readString(work.resolve("again/tokenizer_config.json")));
        assertThat(config.path("chat_template").asText())
                .contains("<|im_start|>{{ m.role }}: {{ m.content }}<|im_end|>");
    }

    @Test
    void aCheckpointKeepsWhatItsTokenizerKnew() throws IOException {
        Path published = Files.createDirectories(work.resolve("published"));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(work.resolve("model/" + file), published.resolve(file));
        }
        Files.writeString(
                published.resolve("tokenizer_config.json"), "{\"kept\": 1, \"eos_token\": \"<|endoftext|>\"}");
        Files.writeString(published.resolve("chat_template.jinja"), "{{ messages[0].content }}");
        Files.writeString(published.resolve("generation_config.json"), "{\"eos_token_id\": 256}");

        finetuned("plainly", "--input=@pairs.jsonl", "--init=@published", "--steps=1");
        finetuned(
                "in-turns",
                "--input=@pairs.jsonl",
                "--init=@published",
                "--template=chat",
                "--chat-template=chatml",
                "--steps=1");

        for (String file : List.of("tokenizer_config.json", "chat_template.jinja", "generation_config.json")) {
            assertThat(work.resolve("plainly").resolve(file)).hasSameBinaryContentAs(published.resolve(file));
        }
        JsonNode config = Json.parse(Files.readString(work.resolve("in-turns/tokenizer_config.json")));
        assertThat(config.path("kept").asInt()).isEqualTo(1);
        assertThat(config.path("eos_token").asText()).isEqualTo("<|im_end|>");
        assertThat(work.resolve("in-turns/chat_template.jinja")).doesNotExist();
        assertThat(work.resolve("in-turns/generation_config.json")).doesNotExist(); // it ends where no turn does
        int end = TinyTokenizer.chat().id("<|im_end|>").orElseThrow();
        assertThat(Json.parse(Files.readString(work.resolve("in-turns/config.json")))
                        .path("eos_token_id")
                        .asInt())
                .isEqualTo(end);
    }

    /** What a model answers to the one row. */
    private static Row answer(String model, String template) throws IOException {
        work.run(
                "generate",
                model + "-answers",
                "--input=@one.jsonl",
                "--checkpoint=@" + model,
                "--template=" + template,
                "--max-new-tokens=20",
                "--output-format=jsonl");
        return LocalSpark.spark()
                .read()
                .json(work.resolve(model + "-answers").toString())
                .select("output", "finish_reason")
                .first();
    }

    private static void teachOneAnswer(String model, String template) throws IOException {
        Files.writeString(work.resolve("one.jsonl"), "{\"id\": \"a\", \"prompt\": \"a\", \"completion\": \"b\"}\n");
        finetuned(
                model,
                "--input=@one.jsonl",
                "--template=" + template,
                "--steps=150",
                "--warmup=5",
                "--learning-rate=0.02");
    }

    @Test
    void aChatModelAnswersAndEndsItsTurn() throws IOException {
        teachOneAnswer("answering", "chat");

        Row answer = answer("answering", "chat");

        assertThat(answer.getString(0)).isEqualTo("b");
        assertThat(answer.getString(1)).isEqualTo("stop");
    }

    @Test
    void theEndOfATextIsAnEndAlsoWhereTurnsHaveTheirOwn() throws IOException {
        teachOneAnswer("ending", "plain");
        Files.delete(work.resolve("ending/trainer_state.json"));
        Files.writeString(work.resolve("ending/tokenizer_config.json"), "{\"eos_token\": \"<|im_end|>\"}");

        Row answer = answer("ending", "plain");

        assertThat(answer.getString(0)).isEqualTo("b");
        assertThat(answer.getString(1)).isEqualTo("stop");
    }

    @Test
    void onlyACheckpointWithATemplateCanBeTalkedTo() {
        CommandLineRun run =
                work.attempt("generate", "x", "--input=@pairs.jsonl", "--checkpoint=@model", "--template=chat");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("has no chat template");
    }

    @Test
    void brokenPairsStandInTheLedger() throws IOException {
        Files.writeString(work.resolve("broken.jsonl"), """
                {"id": "good", "document": "question", "summary": "answer"}
                {"id": "deaf", "document": null, "summary": "answer"}
                {"id": "mute", "document": "question", "summary": null}
                {"id": "long", "document": "question", "summary": "%s"}
                {"id": "cut", "document": "%s", "summary": "answer"}
                """.formatted("x".repeat(200), "y".repeat(200)));

        JsonNode report = finetuned("repaired", "--input=@broken.jsonl", "--steps=1");

        assertThat(rejected("repaired"))
                .isEqualTo(Map.of("deaf", "missing_prompt", "mute", "missing_completion", "long", "too_long"));
        assertThat(report.path("prompts_cut").asInt()).isEqualTo(1);
    }

    @Test
    void mistakesAreSaidBeforeAnythingStarts() throws IOException {
        Files.writeString(work.resolve("bad.jinja"), "{% for m in messages %}{{ m.content | shout }}{% endfor %}");

        CommandLineRun unknown = finetune("x", "--input=@pairs.jsonl", "--template=chat", "--chat-template=@bad.jinja");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("bad.jinja cannot be used: line 1: the filter shout is not known here");

        CommandLineRun mixed =
                finetune("x", "--input=@pairs.jsonl", "--template=plain", "--system=Hi", "--attention=sequence");
        assertThat(mixed.code()).isEqualTo(2);
        assertThat(mixed.err()).contains("--system are for --template chat").contains("--attention is for train");

        CommandLineRun plain = finetune("x", "--input=@talks.jsonl", "--template=plain");
        assertThat(plain.code()).isEqualTo(2);
        assertThat(plain.err()).contains("has rows of messages");
    }
}
