package kindling.prep.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
    static List<List<String>> splits() {
        return List.of(
                List.of("It rained.", "We stayed in!", "Did you?"),
                List.of("Dr. Hu paid $3.50 for No. 7.", "She left."),
                List.of("\"Too much?\" he asked.", "Nobody spoke."),
                List.of("J. R. Smith and Mr. Ho met, e.g. in Rome.", "They talked."),
                List.of("The U.S. Senate voted at 5 p.m. Monday.", "It passed."),
                List.of("He moved to the U.S.", "The move was easy."),
                List.of("Call java.lang.Math.abs(x) or see www.example.org/a.b for more.", "Done."),
                List.of("Wait... what?", "Yes."),
                List.of("He said \"Go.\"", "(She went.)", "All was well."),
                List.of("Smith et al. (2020) agree.", "Others do not."),
                List.of("今日は晴れです。", "明日は雨？", "「はい。」", "そう"),
                List.of("Really?!", "Yes."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("splits")
    void splitsAtTheEndsOfSentences(List<String> sentences) {
        assertThat(Sentences.split(String.join(" ", sentences))).isEqualTo(sentences);
    }

    @Test
    void splitsWithoutSpacesAfterIdeographicStops() {
        assertThat(Sentences.split("今日は晴れです。明日は雨？")).containsExactly("今日は晴れです。", "明日は雨？");
    }

    @Test
    void joinsTheLinesOfAWrappedParagraph() {
        String wrapped = "The committee that was appointed by the council in the\n"
                + "spring of that year published its findings only after a\nlong delay. Nobody read them.";

        assertThat(Sentences.split(wrapped))
                .containsExactly(
                        "The committee that was appointed by the council in the spring of that year published its"
                                + " findings only after a long delay.",
                        "Nobody read them.");
    }

    @Test
    void keepsHeadingsAndDeclarationsApart() {
        String page = "Class StringUtils\njava.lang.Object\norg.example.StringUtils\n"
                + "public class StringUtils extends Object\nOperations on String that are null safe.";

        assertThat(Sentences.split(page))
                .containsExactly(
                        "Class StringUtils",
                        "java.lang.Object",
                        "org.example.StringUtils",
                        "public class StringUtils extends Object",
                        "Operations on String that are null safe.");
    }

    @Test
    void keepsListItemsAndTheirNumbersTogether() {
        assertThat(Sentences.split("Buy:\n- milk and\n  eggs\n2. Bread. Fresh\n\n3. Tea"))
                .containsExactly("Buy:", "- milk and", "eggs", "2. Bread.", "Fresh", "3. Tea");
    }

    @Test
    void givesPunctuationToTheSentenceBeforeOrDropsIt() {
        assertThat(Sentences.split("Stop . . . ! Now go. ***")).containsExactly("Stop . . . !", "Now go. ***");
        assertThat(Sentences.split("----\n\n \t\n***")).isEmpty();
        assertThat(Sentences.split("")).isEmpty();
    }

    @ParameterizedTest(name = "a megabyte of {0}")
    @ValueSource(
            strings = {"a", ".", ". ", "a.", "a. ", ".\"", "\n", "a\n", "(", "- ", "A. b ", "。", "あ", "\uD800", "' ."})
    void losesNoLetterOfHostileText(String pattern) {
        String text = pattern.repeat((1 << 20) / pattern.length());

        long letters = Sentences.split(text).stream()
                .flatMapToInt(String::chars)
                .filter(Character::isLetter)
                .count();

        assertThat(letters).isEqualTo(text.chars().filter(Character::isLetter).count());
    }
}
