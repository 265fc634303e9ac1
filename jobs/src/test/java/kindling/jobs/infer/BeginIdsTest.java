package kindling.jobs.infer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.prompt.ContinueText;
import kindling.jobs.prompt.PlainPrompt;
import kindling.jobs.prompt.Prompt;
import kindling.jobs.prompt.PromptTemplate;
import kindling.jobs.rows.Task;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.generate.Decoding;
import kindling.model.train.Weights;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeginIdsTest {
    private static final int BEGIN = 256;
    private static final TransformerConfig CONFIG = TransformerConfig.gpt2(258, 16, 1, 2, 8);

    @TempDir
    Path folder;

    /** A checkpoint whose tokenizer puts an id before each text. */
    private InputPath checkpoint() throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG.toJson());
        try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
            Checkpoint.writeModel(out, CONFIG, Weights.initial(CONFIG, 1));
        }
        Tokenizer bytes = BpeTrainer.train(Map.of(), 258, "gpt2", List.of("<s>", Tokenizer.END_OF_TEXT));
        ObjectNode tokenizer = Json.parse(bytes.json());
        tokenizer.set("post_processor", Json.parse("""
                {"type": "TemplateProcessing",
                 "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                 "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                 "special_tokens": {"<s>": {"id": "<s>", "ids": [256], "tokens": ["<s>"]}}}
                """));
        Files.writeString(folder.resolve("tokenizer.json"), Json.line(tokenizer), UTF_8);
        return new InputPath(folder.toString());
    }

    private static int promptTokens(Model model) {
        Decoding decoding = Decoding.greedy().withMaxNewTokens(2);
        Prompt prompt = PlainPrompt.of(new PromptTemplate("{document}"));
        try (Continue task = new Continue(model, prompt, new ContinueText(), decoding, false, 1, 1)) {
            return task.answer(List.of(new Task.Request("a", "bcd"))).get(0).promptTokens();
        }
    }

    private static double lossSum(Model model) {
        try (Perplexity perplexity = new Perplexity(model)) {
            return perplexity.of("bcd").lossSum();
        }
    }

    @Test
    void aModelThatWasPublishedReadsEachTextBehindTheBeginIdOfItsTokenizer() throws IOException {
        Model model = Model.read(checkpoint());

        assertThat(model.begin().ids()).containsExactly(BEGIN);
        assertThat(promptTokens(model)).isEqualTo(4);
    }

    @Test
    void aModelThatWasTrainedHereReadsTextsAsItDidInTraining() throws IOException {
        InputPath checkpoint = checkpoint();
        double published = lossSum(Model.read(checkpoint));
        Files.writeString(folder.resolve("trainer_state.json"), "{\"seed\": 1, \"step\": 7, \"round\": 3}");

        Model model = Model.read(checkpoint);

        assertThat(model.begin().ids()).isEmpty();
        assertThat(promptTokens(model)).isEqualTo(3);
        assertThat(lossSum(model)).isNotEqualTo(published);
    }

    @Test
    void theStateOfAnotherTrainerDoesNotMakeItOurs() throws IOException {
        InputPath checkpoint = checkpoint();
        Files.writeString(folder.resolve("trainer_state.json"), "{\"global_step\": 500, \"epoch\": 1.0}");

        assertThat(Model.read(checkpoint).begin().ids()).containsExactly(BEGIN);
    }
}
