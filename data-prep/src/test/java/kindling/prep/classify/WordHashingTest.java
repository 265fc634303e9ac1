package kindling.prep.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordHashingTest {
    private static final WordHashing WORDS = new WordHashing(1 << 16, 1);
    private static final WordHashing PAIRS = new WordHashing(1 << 16, 2);
    private static final int BUCKETS = 1 << 16;

    @Test
    void hashesAreTheSameForEver() {
        assertThat(PAIRS.bag("Hello, world").ids()).containsExactly(30318, 12882, 13078, 20793, 11550);
    }

    @Test
    void wordsWeighOnePlusTheLogarithmOfTheirCountAndHaveLengthOneTogether() {
        double two = 1 + Math.log(2);
        double length = Math.sqrt(two * two + 1);

        Bag bag = WORDS.bag("the cat the");

        assertThat(bag.values()[0]).isCloseTo((float) (two / length), within(1e-6f));
        assertThat(bag.values()[1]).isCloseTo((float) (1 / length), within(1e-6f));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "The CAT, the cat",
        "in 1984, in 2024",
        "ÄRGER über, ärger ÜBER",
        "' two   words ', two words",
        "a\u00A0b, a b",
    })
    void caseDigitsAndSpaceDoNotMatter(String text, String same) {
        assertThat(PAIRS.bag(text).ids()).isEqualTo(PAIRS.bag(same).ids());
    }

    @ParameterizedTest(name = "{0}: {1} features")
    @CsvSource({"one, 1", "don't, 3", "a-b, 3", "..., 1", "日本語, 3", "カタ, 2", "ไทย, 3", "नमस्ते, 1", "한국어, 1", "😀, 1"})
    void punctuationAndLettersWithoutSpaceAreWordsOfTheirOwn(String text, int features) {
        assertThat(WORDS.bag(text).ids()).hasSize(features);
    }

    @Test
    void orderMattersToPairsAlone() {
        assertThat(WORDS.bag("dog bites man").ids())
                .containsExactlyInAnyOrder(WORDS.bag("man bites dog").ids());
        assertThat(PAIRS.bag("dog bites man").ids()).hasSize(5);
        assertThat(PAIRS.bag("dog bites man").ids())
                .isNotEqualTo(PAIRS.bag("man bites dog").ids());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "\u0000\u200B"})
    void textWithoutVisibleCharactersHasNoFeatures(String text) {
        assertThat(PAIRS.bag(text).ids()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void agreesWithItsSlowTwin(int seed) {
        String text = text(new Random(seed), 20_000);

        Bag bag = PAIRS.bag(text);

        Map<Integer, Double> slow = slow(text);
        assertThat(bag.ids())
                .containsExactly(
                        slow.keySet().stream().mapToInt(Integer::intValue).toArray());
        int place = 0;
        for (double value : slow.values()) {
            assertThat(bag.values()[place++]).isCloseTo((float) value, within(1e-6f));
        }
    }

    private static String text(Random random, int characters) {
        String alphabet = "aabcdeeé ÄΩжה،  \n.,;-'09٣§½ªʰ🙂";
        int[] points = alphabet.codePoints().toArray();
        return random.ints(characters, 0, points.length)
                .mapToObj(i -> Character.toString(points[i]))
                .collect(Collectors.joining());
    }

    /** Strings, a regular expression and a map. */
    private static Map<Integer, Double> slow(String text) {
        Pattern words = Pattern.compile("[\\p{L}\\p{Mn}\\p{Mc}\\p{Nd}]+|[^\\p{Z}\\p{C}]");
        List<String> found =
                words.matcher(text).results().map(MatchResult::group).toList();
        List<Integer> hashes = found.stream().map(WordHashingTest::fnv).toList();
        List<Integer> features = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            features.add(bucket(hashes.get(i)));
            if (i > 0) {
                features.add(bucket(hashes.get(i - 1) * 116_049_371 + hashes.get(i)));
            }
        }
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        features.forEach(feature -> counts.merge(feature, 1, Integer::sum));
        double squares = counts.values().stream()
                .mapToDouble(count -> Math.pow(1 + Math.log(count), 2))
                .sum();
        Map<Integer, Double> values = new LinkedHashMap<>();
        counts.forEach((feature, count) -> values.put(feature, (1 + Math.log(count)) / Math.sqrt(squares)));
        return values;
    }

    private static int fnv(String word) {
        String folded = word.toLowerCase(Locale.ROOT).replaceAll("\\p{Nd}", "0");
        return folded.codePoints().reduce(0x811C9DC5, (hash, character) -> (hash ^ character) * 0x01000193);
    }

    private static int bucket(int hash) {
        int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return (h ^ h >>> 16) & BUCKETS - 1;
    }

    @ParameterizedTest(name = "{0} buckets")
    @ValueSource(ints = {0, 512, 1000, 1 << 19, -65536})
    void bucketsAreAPowerOfTwoWithinBounds(int buckets) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WordHashing(buckets, 2))
                .withMessageContaining("got");
    }
}
