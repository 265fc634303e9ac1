package kindling.prep.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpeTrainerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NONE = List.of();

    /** The dictionary of Sennrich, Haddow, Birch 2016, figure 1. */
    private static final Map<String, Long> LOW = Map.of("low", 5L, "lower", 2L, "newest", 6L, "widest", 3L);

    @Test
    void learnsTheMergesOfThePapersExample() {
        Tokenizer tokenizer = BpeTrainer.train(LOW, 257 + 4, "gpt2", NONE);

        // e s 9, es t 9 (tied with s t until e s is gone), l o 7, lo w 7
        assertThat(merges(tokenizer)).containsExactly("e s", "es t", "l o", "lo w");
        assertThat(tokenizer.encode("lowest")).containsExactly(259, 257);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void agreesWithTheSlowTrainer(long seed) {
        Map<String, Long> counts = randomCounts(seed, 120);

        Tokenizer tokenizer = BpeTrainer.train(counts, 257 + 80, "gpt2", NONE);

        assertThat(merges(tokenizer)).isEqualTo(SlowBpe.merges(counts, 256 + 80));
    }

    @ParameterizedTest(name = "{0}, NFC {1}")
    @CsvSource({"gpt2, false", "cl100k, false", "qwen2, true", "o200k, false", "o200k, true"})
    void agreesWithTheSlowTrainerOnTextOfEveryPattern(String pattern, boolean nfc) {
        WordCounts counts = new WordCounts();
        Random random = new Random(11);
        for (int n = 0; n < 10; n++) {
            counts.addWords(RandomText.of(random, 100), new TextCut(pattern, nfc));
        }

        Tokenizer tokenizer = BpeTrainer.train(counts, 257 + 60, new TextCut(pattern, nfc), NONE, merges -> {});

        assertThat(merges(tokenizer)).isEqualTo(SlowBpe.merges(WordCountsTest.map(counts), 256 + 60));
    }

    @Test
    void encodesAsTheWordsWereCut() {
        WordCounts counts = new WordCounts();
        TextCut cut = new TextCut("o200k", true);
        counts.addWords("iPhone's cafés iPhone's cafés", cut);

        Tokenizer tokenizer = BpeTrainer.train(counts, 400, cut, NONE, merges -> {});

        assertThat(tokenizer.encode("Phone's cafe\u0301s")).hasSize(2);
    }

    @Test
    void tellsOfEveryMerge() {
        List<Integer> told = new ArrayList<>();
        WordCounts counts = new WordCounts();
        counts.addWords("low low low lower", new TextCut("gpt2", false));

        BpeTrainer.train(counts, 257 + 3, new TextCut("gpt2", false), NONE, told::add);

        assertThat(told).containsExactly(1, 2, 3);
    }

    @Test
    void refusesPairsThatOccurMoreOftenThanALongHolds() {
        Map<String, Long> counts = Map.of("ab", Long.MAX_VALUE, "abc", 1L);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> BpeTrainer.train(counts, 260, "gpt2", NONE));
    }

    @Test
    void reservesTheLastIdsInTheOrderOfTheList() {
        Tokenizer tokenizer = BpeTrainer.train(LOW, 262, "gpt2", BpeTrainer.SPECIAL_TOKENS);

        assertThat(tokenizer.endOfText()).isEqualTo(258);
        assertThat(tokenizer.id("<|pad|>")).hasValue(259);
        assertThat(tokenizer.id("<|im_start|>")).hasValue(260);
        assertThat(tokenizer.id("<|im_end|>")).hasValue(261);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void givesTheSameBytesForAnyOrderOfTheMap(long seed) {
        Map<String, Long> counts = randomCounts(seed, 200);
        List<String> shuffled = new ArrayList<>(counts.keySet());
        Collections.shuffle(shuffled, new Random(seed));
        Map<String, Long> reordered = new LinkedHashMap<>();
        shuffled.forEach(word -> reordered.put(word, counts.get(word)));

        assertThat(BpeTrainer.train(reordered, 320, "gpt2", NONE).json())
                .isEqualTo(BpeTrainer.train(counts, 320, "gpt2", NONE).json());
    }

    @Test
    void breaksTiesByTheSmallerLeftThenRightId() {
        Tokenizer tokenizer = BpeTrainer.train(Map.of("ba", 3L, "ab", 3L, "ac", 3L), 257 + 3, "gpt2", NONE);

        assertThat(merges(tokenizer)).containsExactly("a b", "a c", "b a");
    }

    @Test
    void numbersBytesThenMergesThenSpecialTokens() {
        Tokenizer tokenizer = BpeTrainer.train(LOW, 260, "gpt2", List.of("<|user|>", "<|endoftext|>"));

        assertThat(tokenizer.size()).isEqualTo(260);
        assertThat(tokenizer.id("!")).hasValue(0);
        assertThat(tokenizer.id("Ġ")).hasValue(220);
        assertThat(tokenizer.id("es")).hasValue(256);
        assertThat(tokenizer.id("<|user|>")).hasValue(258);
        assertThat(tokenizer.endOfText()).isEqualTo(259);
    }

    @Test
    void addsTheEndOfTextThatNobodyNamed() {
        Tokenizer tokenizer = BpeTrainer.train(LOW, 260, "gpt2", List.of("<|user|>"));

        assertThat(tokenizer.endOfText()).isEqualTo(258);
        assertThat(tokenizer.id("<|user|>")).hasValue(259);
    }

    @Test
    void isSmallerThanAskedWhenNoPairIsLeft() {
        Tokenizer tokenizer = BpeTrainer.train(Map.of("abc", 1L, "z", 4L), 10_000, "gpt2", NONE);

        assertThat(tokenizer.size()).isEqualTo(256 + 2 + 1);
        assertThat(tokenizer.encode("abc")).hasSize(1);
    }

    @Test
    void trainsOnNothing() {
        assertThat(BpeTrainer.train(Map.of(), 1_000, "gpt2", NONE).size()).isEqualTo(257);
    }

    @Test
    void countsBeyondTwoToTheThirtyOne() {
        Map<String, Long> counts = Map.of("ab", 5_000_000_000L, "ac", 4_999_999_999L, "ad", 4_000_000_000L);

        assertThat(merges(BpeTrainer.train(counts, 257 + 2, "gpt2", NONE))).containsExactly("a b", "a c");
    }

    @Test
    void mergesOverlappingRunsFromTheLeft() {
        Map<String, Long> counts = Map.of("aaa", 50L, "aaaa", 9L, "xaaaa", 60L, "aaaaa", 7L, "xa", 70L, "yaaa", 40L);

        assertThat(merges(BpeTrainer.train(counts, 257 + 20, "gpt2", NONE)))
                .isEqualTo(SlowBpe.merges(counts, 256 + 20));
    }

    @Test
    void refusesASizeWithoutRoomForBytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BpeTrainer.train(LOW, 100, "gpt2", NONE))
                .withMessage(
                        "vocab-size must be >= 257 (one id per byte, 1 special tokens), got 100: raise --vocab-size");
    }

    @Test
    void refusesASpecialTokenThatIsAPlainWord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BpeTrainer.train(LOW, 300, "gpt2", List.of("PAD")))
                .withMessageContaining("\"PAD\"")
                .withMessageContaining("<|PAD|>");
    }

    @Test
    void refusesANegativeCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BpeTrainer.train(Map.of("a", -1L), 300, "gpt2", NONE))
                .withMessageContaining("-1");
    }

    @Test
    void trainsOnAHundredThousandWordsInSeconds() {
        Map<String, Long> counts = randomCounts(1, 100_000);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(BpeTrainer.train(counts, 4_000, "gpt2", NONE).size())
                        .isEqualTo(4_000));
    }

    @Test
    void trainsOnOneEndlessWordInSeconds() {
        Map<String, Long> counts = Map.of("ab".repeat(500_000) + "a".repeat(500_000), 1L);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(BpeTrainer.train(counts, 400, "gpt2", NONE).size())
                        .isLessThan(400));
    }

    /** Words over few letters, so that runs, ties and overlapping pairs are common. */
    private static Map<String, Long> randomCounts(long seed, int words) {
        Random random = new Random(seed);
        String[] letters =
                words > 1_000 ? "etaoinshrdlucmfw ypvbgkqjxz".split("") : new String[] {"a", "b", "c", " ", "é", "😀"};
        Map<String, Long> counts = new HashMap<>();
        while (counts.size() < words) {
            StringBuilder word = new StringBuilder();
            for (int n = random.nextInt(9); n >= 0; n--) {
                word.append(letters[random.nextInt(letters.length)]);
            }
            counts.put(word.toString(), (long) random.nextInt(20));
        }
        return counts;
    }

    private static List<String> merges(Tokenizer tokenizer) {
        List<String> merges = new ArrayList<>();
        try {
            JSON.readTree(tokenizer.json()).at("/model/merges").forEach(merge -> merges.add(merge.asText()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return merges;
    }
}
