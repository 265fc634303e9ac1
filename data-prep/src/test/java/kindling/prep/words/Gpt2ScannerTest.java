package kindling.prep.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Gpt2ScannerTest {
    private static final Pattern GPT2 = Pattern.compile(
            "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    /** Every class, every way to continue it, and what only looks like it. */
    private static final String[] ALPHABET = {
        "a", "Z", "é", "ß", "ω", "Ж", "中", "ひ", "한", "ا", "\u0301", "𝒜", "𐐀", "1", "9", "٣", "Ⅷ", "½", "𝟙", "'",
        "'s", "'S", "'ll", "'l", "'ve", "'v", "'re", "'d", "'t", "'m", "’", " ", "  ", "\t", "\n", "\r\n", "\u000B",
        "\u0085", "\u00A0", "\u1680", "\u180E", "\u200B", "\u2003", "\u2028", "\u202F", "\u3000", "\uFEFF", "\u001C",
        "\0", ".", ",", "!", "--", "_", "@", "€", "😀", "👩‍🚀", "\uD83D", "\uDE00",
    };

    @Test
    void cutsTheExampleOfThePattern() {
        assertThat(words("It's 2 o'clock,  isn't it?\n\n  Yes"))
                .containsExactly(
                        "It", "'s", " 2", " o", "'", "clock", ",", " ", " isn", "'t", " it", "?", "\n\n ", " Yes");
    }

    @Test
    void agreesWithTheRegexOnEveryCodePoint() {
        for (int block = 0; block <= Character.MAX_CODE_POINT; block += 1024) {
            StringBuilder text = new StringBuilder();
            for (int point = block; point < block + 1024; point++) {
                text.append("x 1")
                        .appendCodePoint(point)
                        .append("y ")
                        .appendCodePoint(point)
                        .append("  ")
                        .appendCodePoint(point);
            }
            assertThat(words(text.toString())).as("U+%04X and up", block).isEqualTo(regexWords(text.toString()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheRegexOnRandomMixes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 4_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(16); n >= 0; n--) {
                text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
            }
            assertThat(words(text.toString())).isEqualTo(regexWords(text.toString()));
        }
    }

    @Test
    void givesTheTextBackWhenWordsAreJoined() {
        String text = String.join(" x", ALPHABET);

        assertThat(String.join("", words(text))).isEqualTo(text);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Pretokenizer.named("gpt2").words(text, words::add);
        return words;
    }

    private static List<String> regexWords(String text) {
        return GPT2.matcher(text).results().map(match -> match.group()).toList();
    }
}
