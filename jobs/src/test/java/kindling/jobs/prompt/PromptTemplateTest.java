package kindling.jobs.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kindling.jobs.infer.TinyTokenizer;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {
    private static final Tokenizer TOKENIZER = TinyTokenizer.bytes();

    private static String prompt(String template, String document, int limit) {
        int[] ids = new PromptTemplate(template).ids(TOKENIZER, TOKENIZER.encode(document), limit);
        return TOKENIZER.decode(ids);
    }

    @Test
    void putsTheDocumentIntoItsPlace() {
        assertThat(prompt("Text: {document}\nSummary:", "abc", 100)).isEqualTo("Text: abc\nSummary:");
        assertThat(prompt("{document}", "abc", 100)).isEqualTo("abc");
    }

    @Test
    void cutsTheEndOfTheDocumentAndNothingOfTheTemplate() {
        assertThat(prompt("<{document}>", "abcdef", 4)).isEqualTo("<abcd>");
        assertThat(prompt("<{document}>", "abcdef", 0)).isEqualTo("<>");
        assertThat(prompt("<{document}>", "abcdef", -3)).isEqualTo("<>");
    }

    @Test
    void knowsItsOwnLength() {
        assertThat(new PromptTemplate("Text: {document}\nSummary:").length(TOKENIZER))
                .isEqualTo(15);
        assertThat(new PromptTemplate("{document}").length(TOKENIZER)).isZero();
    }

    @Test
    void aDocumentCannotWriteASpecialToken() {
        int[] ids = PromptTemplate.SUMMARY.ids(TOKENIZER, TOKENIZER.encode("<|endoftext|>"), 100);

        assertThat(ids).doesNotContain(TOKENIZER.endOfText());
    }

    @Test
    void aCompletionStartsWithASpaceAndEndsWithTheEndOfText() {
        int[] ids = PromptTemplate.completion(TOKENIZER, " two words\n");

        assertThat(TOKENIZER.decode(ids)).isEqualTo(" two words<|endoftext|>");
        assertThat(ids[ids.length - 1]).isEqualTo(TOKENIZER.endOfText());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "Summary:", "{document} and {document}", "{ document }"})
    void namesTheDocumentExactlyOnce(String template) {
        assertThatThrownBy(() -> new PromptTemplate(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names {document} once");
    }
}
