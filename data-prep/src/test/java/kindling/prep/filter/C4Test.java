package kindling.prep.filter;

import static kindling.prep.filter.Samples.GOOD;
import static kindling.prep.filter.Samples.judge;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kindling.prep.Document;
import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class C4Test {
    private static final String KEPT =
            "Five words are enough here.\nA second line of such words!\nIs there a third one?";

    private final RuleSet documents = C4.documents();

    private static Filter.Judged edited(RuleSet set, String text) {
        return Filter.of(List.of(set)).judge(Document.of("1", text, "a.txt"));
    }

    @Test
    void keepsPlainProse() {
        assertThat(judge(documents, GOOD)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void dropsCurlyBrackets() {
        assertThat(judge(documents, GOOD + "{")).isEqualTo(Verdict.drop("c4_document_curly_bracket", "1.00 > 0.00"));
    }

    @Test
    void dropsPlaceholderText() {
        assertThat(judge(documents, GOOD + "Lorem Ipsum dolor"))
                .isEqualTo(Verdict.drop("c4_document_lorem_ipsum", "1.00 > 0.00"));
    }

    @Test
    void dropsTextsOfTwoSentences() {
        assertThat(judge(documents, "It costs 3.50 today. \"Really?\" And so on"))
                .isEqualTo(Verdict.drop("c4_document_sentences", "2 < 3"));
    }

    @Test
    void countsSentencesWithoutSpacesBetweenThem() {
        assertThat(judge(documents, "水。茶！飲む？")).isEqualTo(Verdict.KEEP);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "There is no mark at its end",
                "It goes on and on...",
                "One word too few.",
                "Please enable JavaScript in your browser now.",
                "You accept our Privacy Policy and our terms.",
                "This site uses cookies to know you."
            })
    void takesOutLinesThatAreNoContent(String line) {
        Filter.Judged judged = edited(C4.rules(), KEPT + "\n" + line);

        assertThat(judged.verdict()).isEqualTo(Verdict.KEEP);
        assertThat(judged.document().text()).isEqualTo(KEPT);
        assertThat(judged.document().meta()).containsEntry("c4_lines_removed", "1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"He said that \"it is enough\"", "Are five words enough then?", "Yes, they are so indeed!"})
    void keepsLinesThatEnd(String line) {
        Filter.Judged judged = edited(C4.rules(), KEPT + "\n" + line);

        assertThat(judged.document().text()).isEqualTo(KEPT + "\n" + line);
        assertThat(judged.document().meta()).isEmpty();
    }

    @Test
    void takesOutLinesWithAWordOfMoreThanAThousandCharacters() {
        String longest = "The word " + "x".repeat(1000) + " stays as it is.";
        String longer = "The word " + "x".repeat(1001) + " goes with its line.";

        assertThat(edited(C4.rules(), KEPT + "\n" + longest + "\n" + longer)
                        .document()
                        .text())
                .isEqualTo(KEPT + "\n" + longest);
    }

    @Test
    void takesReferencesOutOfLines() {
        String text = KEPT + "\n  A line with its references[12] comes last.[edit][citation needed]";

        assertThat(edited(C4.rules(), text).document().text())
                .isEqualTo(KEPT + "\nA line with its references comes last.");
    }

    @Test
    void dropsWhatHasTooFewSentencesWithoutItsBadLines() {
        assertThat(edited(C4.rules(), "A line of words that ends.\nAnother line of such words.\nMenu.\nHome.")
                        .verdict())
                .isEqualTo(Verdict.drop("c4_sentences", "2 < 3"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'A privacy policy with a { in it is code.',c4_curly_bracket",
        "'A javascript line with lorem ipsum is no text.',c4_lorem_ipsum"
    })
    void dropsTheTextAtALineThatItWouldElseTakeOut(String line, String reason) {
        assertThat(edited(C4.rules(), KEPT + "\n" + line).verdict()).isEqualTo(Verdict.drop(reason, "1.00 > 0.00"));
    }

    @Test
    void ignoresABracketInALineThatGoesAnyway() {
        assertThat(edited(C4.rules(), KEPT + "\nfunction() {").verdict()).isEqualTo(Verdict.KEEP);
    }

    @Test
    void datatroveTakesThreeWordsAndApostrophesButWantsFiveSentences() {
        String text = KEPT + "\nThree words suffice.\nHe called it 'tea'";

        assertThat(edited(C4.datatrove(), text).document().text()).isEqualTo(text);
        assertThat(edited(C4.datatrove(), KEPT).verdict()).isEqualTo(Verdict.drop("c4_datatrove_sentences", "3 < 5"));
    }
}
