package kindling.prep.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "'The END.', the end",
        "'(one) \"two\", three!', one two three",
        "l’homme d'État, l homme d état",
        "well-known, well known",
        "see https://example.org/a/b now, see now",
        "a someone@example.org b, a b",
        "x1 1st 2nd word, word",
        "call list.add(item) here, call here",
        "camelCase is code, is code",
        "under_score and/or, ''",
        "'<b class=\"x y z\">bold</b> text', bold text",
        "a < b, a b",
        "Docker上で動く, ''",
        "Ünïcödé straße, ünïcödé straße"
    })
    void keepsTheWordsOfRunningText(String text, String words) {
        assertThat(latin(text)).isEqualTo(words);
    }

    @Test
    void cutsWindowsAtTheEndOfAWord() {
        Evidence evidence = read("lorem ipsum ".repeat(40));

        List<Evidence.Window> windows = evidence.windows();

        assertThat(windows).hasSizeGreaterThan(2);
        assertThat(windows).allSatisfy(window -> assertThat(window.words()).endsWith(" "));
        assertThat(windows.stream().mapToInt(Evidence.Window::letters).sum()).isEqualTo(400);
    }

    @Test
    void cutsAWordThatNeverEnds() {
        List<Evidence.Window> windows = read("a".repeat(1000)).windows();

        assertThat(windows).allSatisfy(window -> assertThat(window.letters()).isLessThanOrEqualTo(300));
    }

    private static String latin(String text) {
        return String.join(
                        "",
                        read(text).windows().stream()
                                .filter(window -> window.alphabet() == Alphabet.LATIN)
                                .map(window -> window.words().toString())
                                .toList())
                .strip();
    }

    private static Evidence read(String text) {
        Evidence evidence = new Evidence();
        Words.read(text, 0, text.length(), evidence);
        return evidence;
    }
}
