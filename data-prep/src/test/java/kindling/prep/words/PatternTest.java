package kindling.prep.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.VersionInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scanner against its published regular expression, as the JDK's engine runs it. */
class PatternTest {
    /** Every class, every way to continue it, and what only looks like it. */
    static final List<String> ALPHABET = List.of(
            "a", "Z", "BC", "ǅ", "ʰ", "é", "ß", "ω", "Ж", "中", "ひ", "한", "ا", "ª", "\u0301", "\u0903", "\u20DD",
            "A\u0301", "𝒜", "𐐀", "𐐨", "1", "9", "٣", "Ⅷ", "½", "𝟙", "'", "'s", "'S", "'ſ", "'ll", "'lL", "'l",
            "'ve", "'VE", "'v", "'re", "'r", "'d", "'t", "'m", "'M", "’", " ", "  ", "\t", "\n", "\r\n", "\r", "\u000B",
            "\u0085", "\u00A0", "\u1680", "\u180E", "\u200B", "\u2003", "\u2028", "\u202F", "\u3000", "\uFEFF",
            "\u001C", "\0", ".", ",", "!", "--", "/", "_", "@", "€", "😀", "👩‍🚀");

    private static final int SAMPLE =
            61; // one of so many unassigned and private code points: there are 800,000, all alike

    /** Code points of a later Unicode than the JDK's are no letters to its engine. */
    private static final VersionInfo JDK = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(Character::isDefined)
            .mapToObj(UCharacter::getAge)
            .max(VersionInfo::compareTo)
            .orElseThrow();

    static Stream<Pretokenizer> patterns() {
        return Pretokenizer.names().stream().map(Pretokenizer::named);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "gpt2;   It|'s| 2| o|'|clock|,| | isn|'t| it|?|~~ | THEY|'|LL| 12345",
                "cl100k; It|'s| |2| o|'clock|,| | isn|'t| it|?~~| | THEY|'LL| |123|45",
                "qwen2;  It|'s| |2| o|'clock|,| | isn|'t| it|?~~| | THEY|'LL| |1|2|3|4|5",
                "o200k;  It's| |2| o|'clock|,| | isn't| it|?~~| | THEY'LL| |123|45",
                "o200k;  i|Phone|XMLHttp|Request| 中|ABC|//~/",
            })
    void cutsAnExample(String pattern, String cut) {
        String[] words = cut.replace('~', '\n').split("\\|");

        assertThat(words(Pretokenizer.named(pattern), String.join("", words))).containsExactly(words);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void agreesWithTheRegexOnEveryCodePoint(Pretokenizer pattern) {
        Pattern regex = Pattern.compile(pattern.regex(), Pattern.UNICODE_CHARACTER_CLASS);
        for (int block = 0; block <= Character.MAX_CODE_POINT; block += 1024) {
            String text = IntStream.range(block, block + 1024)
                    .filter(PatternTest::isWorthALook)
                    .mapToObj(PatternTest::inContexts)
                    .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                    .toString();

            assertThat(words(pattern, text)).as("U+%04X and up", block).isEqualTo(words(regex, text));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void agreesWithTheRegexOnRandomMixes(Pretokenizer pattern) {
        Pattern regex = Pattern.compile(pattern.regex(), Pattern.UNICODE_CHARACTER_CLASS);
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            String text = mix(random) + (round % 9 == 0 ? "\uD83D" : "");

            assertThat(words(pattern, text)).isEqualTo(words(regex, text));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void givesTheTextBackWhenWordsAreJoined(Pretokenizer pattern) {
        String text = String.join(" x", ALPHABET) + "\uD83D \uDE00";

        assertThat(String.join("", words(pattern, text))).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void cutsAMegabyteOfAnythingAtOnce(Pretokenizer pattern) {
        for (String unit :
                List.of("a", "A", " ", "\n", "😀", "1", "'", "'s", "中A", "\u0301A", "\n ", " /", "/\n", "!\u0301")) {
            char[] text = unit.repeat(1_000_000 / unit.length()).toCharArray();

            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
                for (int from = 0; from < text.length; ) {
                    from = pattern.endOfWord(text, from, text.length);
                }
            });
        }
    }

    @Test
    void knowsThePublishedSpellings() {
        assertThat(patterns())
                .allSatisfy(pattern -> assertThat(pattern.spellings())
                        .allSatisfy(
                                regex -> assertThat(Pretokenizer.ofRegex(regex).map(Pretokenizer::name))
                                        .hasValue(pattern.name())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\p{L}+", "'s|'t| ?\\p{L}+"})
    void knowsNoOtherRegex(String regex) {
        assertThat(Pretokenizer.ofRegex(regex)).isEmpty();
    }

    @Test
    void refusesAnUnknownName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pretokenizer.named("gpt3"))
                .withMessage("pattern must be one of [gpt2, cl100k, qwen2, o200k], got \"gpt3\"");
    }

    private static boolean isWorthALook(int point) {
        boolean telling = Character.isDefined(point) && Character.getType(point) != Character.PRIVATE_USE;
        return (telling || point % SAMPLE == 0) && UCharacter.getAge(point).compareTo(JDK) <= 0;
    }

    /** A code point beside letters of either case, digits, spaces, line ends, signs and apostrophes. */
    static String inContexts(int point) {
        String p = Character.toString(point);
        return "x 1" + p + "y " + p + "  " + p + "'" + p + "A" + p + "b\n" + p + "/" + p + p + "B!" + p + "'l" + p
                + "\n";
    }

    static String mix(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(16); n >= 0; n--) {
            text.append(ALPHABET.get(random.nextInt(ALPHABET.size())));
        }
        return text.toString();
    }

    static List<String> words(Pretokenizer pattern, String text) {
        List<String> words = new ArrayList<>();
        pattern.words(text, words::add);
        return words;
    }

    private static List<String> words(Pattern regex, String text) {
        return regex.matcher(text).results().map(MatchResult::group).toList();
    }
}
