package kindling.jobs.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What models are asked to do, and what is made of what they write; no model is needed. */
class InstructionTest {
    private static final Instruction TRANSLATE = new Translate("German");
    private static final Instruction TOPIC = new Classify(List.of("sport", "politics", "winter sport"));
    private static final Instruction KEYWORDS = new Keywords(3);
    private static final Instruction ANSWER = new AnswerQuestion("Who pays?");

    @Test
    void translateAsksForALanguage() {
        assertThat(TRANSLATE.prompt("Good morning.")).isEqualTo("""
                Translate the text between the fences into German.

                ```
                Good morning.
                ```

                Translation:""");
        assertThat(TRANSLATE.output(" Guten Morgen.\n")).contains("Guten Morgen.");
        assertThat(TRANSLATE.output(" \n")).isEmpty();
        assertThatThrownBy(() -> new Translate(" ")).hasMessageContaining("--to");
    }

    @Test
    void classifyNamesItsLabels() {
        assertThat(TOPIC.prompt("The match was long.")).isEqualTo("""
                Which of these labels fits the text between the fences best: sport, politics, winter sport? Answer with the label alone.

                ```
                The match was long.
                ```

                Label:""");
        assertThat(TOPIC.expected()).isEqualTo("one of the labels sport, politics, winter sport");
        assertThatThrownBy(() -> new Classify(List.of("one"))).hasMessageContaining("--labels");
    }

    @Test
    void classifyLetsNothingButItsLabelsBeWritten() {
        assertThat(TOPIC.choices()).containsExactly("sport", "politics", "winter sport");
        assertThat(TOPIC.output(" winter sport")).contains("winter sport");
        assertThat(TOPIC.output(" winter")).isEmpty();
        assertThat(TRANSLATE.choices()).isEmpty();
    }

    @Test
    void sentimentIsOneOfThree() {
        assertThat(Classify.SENTIMENT.choices()).containsExactly("positive", "negative", "neutral");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'kettle, inn'|'kettle, inn'",
                "'1. kettle\n2. inn\n3. rain\n4. ladder'|'kettle, inn, rain'",
                "'- \"kettle\"\n- Kettle\n* inn.'|'kettle, inn'",
                "' kettle ; ; 3D printing'|'kettle, 3D printing'"
            })
    void keywordsAreReadFromAnyList(String written, String keywords) {
        assertThat(KEYWORDS.output(written)).contains(keywords);
    }

    @Test
    void noKeywordIsNone() {
        assertThat(KEYWORDS.output(" ,\n- \n")).isEmpty();
        assertThat(KEYWORDS.prompt("x")).startsWith("List at most 3 keywords").endsWith("Keywords:");
    }

    @Test
    void aQuestionStandsBehindTheDocument() {
        assertThat(ANSWER.prompt("The miller pays.")).isEqualTo("""
                Read the text between the fences, then answer the question about it.

                ```
                The miller pays.
                ```

                Question: Who pays?
                Answer:""");
        assertThatThrownBy(() -> new AnswerQuestion("")).hasMessageContaining("--question");
    }

    @Test
    void textGoesOnWithoutTheWhiteSpaceAroundItAndCodeWithIt() {
        assertThat(new ContinueText().prompt("Once ")).isEqualTo("Once ");
        assertThat(new ContinueText().output(" upon\n")).contains("upon");
        assertThat(new ContinueText().output("")).contains("");
        assertThat(new ContinueCode().output("\n    return 1\n")).contains("\n    return 1\n");
    }

    @Test
    void blankAndEmptyTextsAreBeginningsButNoDocuments() {
        assertThat(new ContinueText().takes("\n")).isTrue();
        assertThat(new ContinueText().takes("")).isTrue();
        assertThat(TRANSLATE.takes("")).isFalse();
        assertThat(TRANSLATE.takes(" \n\u2003")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a, ```", "a ``` b, ````", "````, `````", "`a`, ```"})
    void aFenceIsLongerThanAnyInTheDocument(String document, String fence) {
        assertThat(Fence.around(document)).isEqualTo(fence + "\n" + document + "\n" + fence);
    }
}
