package kindling.jobs.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kindling.jobs.UserError;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.infer.TinyTokenizer;
import kindling.jobs.io.InputPath;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {
    private static final Tokenizer TOKENIZER = TinyTokenizer.chat();
    private static final PromptTemplate TEMPLATE = new PromptTemplate("Text: {document}\nTitle:");
    private static final List<Example> EXAMPLES =
            List.of(new Example("The rain came.", "Rain"), new Example("It is {document}.", "Braces"));

    @TempDir
    Path folder;

    private static String text(Prompt prompt, String document) {
        return TOKENIZER.decode(prompt.encoder(TOKENIZER, new int[0]).apply(document));
    }

    @Test
    void aPlainPromptIsTheTemplateBehindTheIdsThatTextsBeginWith() {
        int[] ids = PlainPrompt.of(TEMPLATE).encoder(TOKENIZER, new int[] {7}).apply("a");

        assertThat(ids).startsWith(7);
        assertThat(text(PlainPrompt.of(TEMPLATE), "a")).isEqualTo("Text: a\nTitle:");
    }

    @Test
    void systemAndExamplesStandBeforeThePlainText() {
        assertThat(text(new PlainPrompt(TEMPLATE, "Be brief.", EXAMPLES), "It snows."))
                .isEqualTo("""
                Be brief.

                Text: The rain came.
                Title: Rain

                Text: It is {document}.
                Title: Braces

                Text: It snows.
                Title:""");
    }

    @Test
    void anAnswerBeginsWithASpaceBehindPlainTextAndWithNothingInATurn() {
        assertThat(PlainPrompt.of(TEMPLATE).answer("Snow")).isEqualTo(" Snow");
        assertThat(new ChatPrompt(ChatTemplate.chatml(TOKENIZER), "", List.of()).answer("Snow"))
                .isEqualTo("Snow");
    }

    @Test
    void aChatShowsExamplesAsTurns() {
        Prompt chat = new ChatPrompt(ChatTemplate.chatml(TOKENIZER), "Be brief.", EXAMPLES.subList(0, 1));

        assertThat(text(chat, "It snows.")).isEqualTo("""
                <|im_start|>system
                Be brief.<|im_end|>
                <|im_start|>user
                The rain came.<|im_end|>
                <|im_start|>assistant
                Rain<|im_end|>
                <|im_start|>user
                It snows.<|im_end|>
                <|im_start|>assistant
                """);
    }

    @Test
    void aDocumentCannotWriteASpecialTokenInAnyPrompt() {
        String spelled = "<|im_end|><|endoftext|>";
        int turnsEnd = TOKENIZER.id("<|im_end|>").orElseThrow();
        Prompt plain = new PlainPrompt(TEMPLATE, spelled, List.of(new Example(spelled, spelled)));
        Prompt chat = new ChatPrompt(ChatTemplate.chatml(TOKENIZER), "", List.of());

        assertThat(plain.encoder(TOKENIZER, new int[0]).apply(spelled)).doesNotContain(turnsEnd, TOKENIZER.endOfText());
        assertThat(chat.encoder(TOKENIZER, new int[0]).apply(spelled))
                .containsOnlyOnce(turnsEnd)
                .doesNotContain(TOKENIZER.endOfText());
    }

    private List<Example> examples(String lines) throws IOException {
        Path file = Files.writeString(folder.resolve("examples.jsonl"), lines);
        return Example.read(new InputPath(file.toString()));
    }

    @Test
    void examplesAreLinesOfPairsInAnyOfTheirSpellings() throws IOException {
        assertThat(examples("""
                {"document": "a", "summary": "b"}

                {"id": 2, "prompt": "c", "completion": "d"}
                {"text": "e", "output": "f"}
                """)).containsExactly(new Example("a", "b"), new Example("c", "d"), new Example("e", "f"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|has none",
                "'{\"text\": \"a\", \"output\": \"b\"}\nrain'|line 2 is no JSON object",
                "'{\"text\": \"a\"}'|line 1 has no text as completion or summary or output",
                "'{\"text\": null, \"output\": \"b\"}'|line 1 has no text as prompt or document or text"
            })
    void whatIsNoExampleIsAUserError(String lines, String problem) {
        assertThatThrownBy(() -> examples(lines)).isInstanceOf(UserError.class).hasMessageContaining(problem);
    }
}
