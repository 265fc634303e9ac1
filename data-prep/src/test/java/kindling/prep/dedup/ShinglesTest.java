package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShinglesTest {
    @Test
    void aRoseIsARoseHasThreeShinglesOfFourWords() {
        assertThat(Shingles.of("a rose is a rose is a rose", 4)).hasSize(3).isSorted();
    }

    @Test
    void ignoresCaseAndPunctuation() {
        assertThat(Shingles.of("Tea, please! 2 cups.", 2)).isEqualTo(Shingles.of("tea please 2 CUPS", 2));
    }

    @Test
    void fewerWordsThanAWindowAreOneShingle() {
        assertThat(Shingles.of("tea please", 5)).hasSize(1).isNotEqualTo(Shingles.of("please tea", 5));
    }

    @Test
    void noWordsAreNoShingle() {
        assertThat(Shingles.of(" -- ", 5)).isEmpty();
    }

    @Test
    void characterIsAWordInScriptsWithoutSpaces() {
        assertThat(Shingles.of("日本語です", 2)).hasSize(4);
        assertThat(Shingles.of("𠀀𠀁a b", 1)).hasSize(4);
    }

    @Test
    void marksBelongToTheirWord() {
        assertThat(Shingles.of("हिन्दी में", 1)).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "snake_case, 1",
        "a_b _ c, 3",
        "\u2167 \u2162, 2", // Roman numerals: Nl
        "\u00bd \u00b2, 2", // one half, superscript two: No
        "\u0663\u0664 \u096a, 2", // Arabic-Indic and Devanagari digits: Nd
        "don't, 2",
        "e\u2011mail, 2", // a hyphen that does not break
        "\u20ac \u2192 \u2122, 0", // a currency, an arrow, a sign: S
    })
    void wordsAreLettersNumbersOfAllKindsAndLowLines(String text, int words) {
        assertThat(Shingles.of(text, 1)).hasSize(words);
    }

    @Test
    void bothSmallSigmasAreOneLetter() {
        assertThat(Shingles.of("\u039f\u0394\u039f\u03a3", 1)).isEqualTo(Shingles.of("\u03bf\u03b4\u03bf\u03c2", 1));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"one", "one two", "one two three", "one two three four", "one two three four five"})
    void upToFiveWordsAreOneShingleOfFive(String text) {
        assertThat(Shingles.of(text, 5)).hasSize(1).isNotEqualTo(Shingles.of(text + " six", 5));
    }

    @Test
    void fingerprintsAreEqualForEqualSetsOnly() {
        assertThat(Shingles.fingerprint(new long[] {1, 2}))
                .isEqualTo(Shingles.fingerprint(new long[] {1, 2}))
                .isNotEqualTo(Shingles.fingerprint(new long[] {1, 3}))
                .isNotEqualTo(Shingles.fingerprint(new long[] {1}));
    }

    @Test
    void jaccardIsTheShareOfTheUnion() {
        // "Mining of Massive Datasets", figure 3.1: three elements in common, eight in all.
        assertThat(Shingles.jaccard(new long[] {1, 2, 3, 4, 5}, new long[] {3, 4, 5, 6, 7, 8}))
                .isEqualTo(3 / 8.0);
        assertThat(Shingles.jaccard(new long[0], new long[0])).isZero();
    }

    @Test
    void refusesEmptyWindows() {
        assertThatThrownBy(() -> Shingles.of("a", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void similarityEqualsThatOfSetsOfStrings(long seed) {
        Random random = new Random(seed);
        String a = words(random, 400);
        String b = a.substring(0, a.length() / 2) + words(random, 150);

        double jaccard = Shingles.jaccard(Shingles.of(a, 3), Shingles.of(b, 3));

        assertThat(jaccard).isCloseTo(slowJaccard(windows(a, 3), windows(b, 3)), within(1e-12));
    }

    private static String words(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("word").append(random.nextInt(60)).append(' ');
        }
        return text.toString();
    }

    private static Set<List<String>> windows(String text, int n) {
        List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split(" "));
        Set<List<String>> windows = new HashSet<>();
        for (int start = 0; start + n <= words.size(); start++) {
            windows.add(words.subList(start, start + n));
        }
        return windows;
    }

    private static double slowJaccard(Set<List<String>> a, Set<List<String>> b) {
        Set<List<String>> union = new HashSet<>(a);
        union.addAll(b);
        Set<List<String>> both = new HashSet<>(a);
        both.retainAll(b);
        return (double) both.size() / union.size();
    }
}
