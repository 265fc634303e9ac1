package kindling.prep.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokensTest {
    private static List<String> words(String text, Tokens tokens) {
        return IntStream.range(0, tokens.count())
                .mapToObj(i -> text.substring(tokens.start(i), tokens.end(i)))
                .toList();
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of(" \n\u00a0\u3000", List.of()),
                Arguments.of("He said: \"No.\"\nThen", List.of("He", "said:", "\"No.\"", "Then")),
                Arguments.of("Cafe\u0301 au", List.of("Cafe\u0301", "au")),
                Arguments.of("\u4f60\u597d\uff0cworld\u4e16", List.of("\u4f60", "\u597d", "\uff0cworld", "\u4e16")),
                Arguments.of("\u0e01\u0e33\u0e01\u0e34\u0e19", List.of("\u0e01", "\u0e33", "\u0e01\u0e34", "\u0e19")),
                Arguments.of("\ud840\udc00\ud840\udc01", List.of("\ud840\udc00", "\ud840\udc01")),
                Arguments.of("a\ud83d\ude00b \ud83d\ude00", List.of("a\ud83d\ude00b", "\ud83d\ude00")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void areWordsOrSingleCharactersOfScriptsWithoutSpaces(String text, List<String> expected) {
        Tokens tokens = Tokens.of(text);

        assertThat(words(text, tokens)).isEqualTo(expected);
        assertThat(new String(tokens.bytes(), UTF_8))
                .isEqualTo(String.join("", expected.stream().map(w -> w + " ").toList()));
        assertThat(tokens.offsets()).hasSize(tokens.count() + 1).endsWith(tokens.bytes().length);
    }

    @Test
    void halfASurrogatePairIsAQuestionMarkInBytes() {
        Tokens tokens = Tokens.of("a\ud83d b");

        assertThat(tokens.bytes()).isEqualTo("a? b ".getBytes(UTF_8));
        assertThat(tokens.offsets()).containsExactly(0, 3, 5);
    }

    @Test
    void thoseOfACutTextAreTheOnesThatAreLeft() {
        String text = "one two three four";
        List<Span> removed = List.of(new Span(4, 13, "substring", "a"));

        Tokens tokens = Tokens.of(text, removed);

        assertThat(words(text, tokens)).containsExactly("one", "four");
        assertThat(tokens.isAfterCut(0)).isFalse();
        assertThat(tokens.isAfterCut(1)).isTrue();
    }
}
