package kindling.prep.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scanner against its regular expression as Hugging Face's library runs it (Oniguruma). */
class LibraryTest {
    private static final int SAMPLE =
            67; // one code point of so many; a prime, so that all columns of tables have their turn

    static Stream<Arguments> spellings() {
        return PatternTest.patterns()
                .flatMap(pattern -> pattern.spellings().stream().map(regex -> Arguments.of(pattern, regex)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spellings")
    void agreesOnSampledCodePointsAndMixes(Pretokenizer pattern, String regex) throws IOException {
        try (LibraryWords library = new LibraryWords(regex)) {
            Random random = new Random(7);
            for (int round = 0; round < 4_000; round++) {
                requireEqual(pattern, library, PatternTest.mix(random));
            }
            agreeOnCodePoints(pattern, library, SAMPLE);
        }
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @MethodSource("kindling.prep.words.PatternTest#patterns")
    void agreesOnEveryCodePoint(Pretokenizer pattern) throws IOException {
        try (LibraryWords library = new LibraryWords(pattern.regex())) {
            agreeOnCodePoints(pattern, library, 1);
        }
    }

    @Test
    void readsPossessiveCountsAsAnyNumber() throws IOException {
        try (LibraryWords library = new LibraryWords("\\p{N}{1,3}+")) {
            assertThat(library.lengths("1234567")).containsExactly(7);
        }
    }

    private static void agreeOnCodePoints(Pretokenizer pattern, LibraryWords library, int step) {
        int batch = 64 * step;
        for (int from = 0; from <= Character.MAX_CODE_POINT; from += batch) {
            String text = IntStream.range(from, Math.min(from + batch, Character.MAX_CODE_POINT + 1))
                    .filter(point -> point % step == 0)
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .mapToObj(PatternTest::inContexts)
                    .collect(Collectors.joining());
            requireEqual(pattern, library, text);
        }
    }

    private static void requireEqual(Pretokenizer pattern, LibraryWords library, String text) {
        List<Integer> lengths = PatternTest.words(pattern, text).stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8).length)
                .toList();

        assertThat(lengths).as("in %.200s", text).isEqualTo(library.lengths(text));
    }
}
