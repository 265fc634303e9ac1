package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.bpe.SlowBpe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of words must not show: neither which came before, nor on which thread. */
class WordEncoderTest {
    private static final Map<String, Long> COUNTS =
            Map.of("abcabcabcabcabcabcab", 9L, "cabbage", 8L, "bab", 7L, "\0a", 6L, "éa", 5L, "ccccccccccccccc", 4L);
    private static final int MERGES = 50;
    private static final Tokenizer TOKENIZER = BpeTrainer.train(COUNTS, 257 + MERGES, "gpt2", List.of());
    private static final List<String> SLOW = SlowBpe.merges(COUNTS, 256 + MERGES);
    private static final List<String> SPELLINGS =
            spellings(); // bytes in the order of the alphabet, then what each merge makes

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void wordsHaveTheSameIdsWhateverWasEncodedBefore(long seed) {
        Random random = new Random(seed);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            words.add(letters(random, 1 + random.nextInt(20))); // with and without a key, one id or many
        }

        for (int i = 0; i < 1_000; i++) {
            String word = words.get(random.nextInt(words.size()));

            assertThat(pieces(TOKENIZER.encode(word))).as(word).isEqualTo(SlowBpe.encode(word, SLOW));
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 7, 8, 9, 14, 15, 16, 17, 47, 48, 49})
    void wordsThatDifferInTheirLastByteOnlyAreTwo(int length) {
        for (char last = 'a'; last <= 'e'; last++) {
            String word = "c".repeat(length - 1) + last;

            assertThat(pieces(TOKENIZER.encode(word))).isEqualTo(SlowBpe.encode(word, SLOW));
        }
    }

    @Test
    void aWordThatEndsInZeroBytesIsNotTheWordWithoutThem() {
        assertThat(TOKENIZER.decode(TOKENIZER.encode("\0\0"))).isEqualTo("\0\0");
        assertThat(TOKENIZER.decode(TOKENIZER.encode("\0"))).isEqualTo("\0");
    }

    @Test
    void anEnormousTextLeavesNothingBehind() {
        String text = "cabbage bab ".repeat(200_000);

        assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
        assertThat(pieces(TOKENIZER.encode("cabbage"))).isEqualTo(SlowBpe.encode("cabbage", SLOW));
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (long seed = 0; seed < 8; seed++) {
                String text = letters(new Random(seed), 20_000);
                int[] ids = TOKENIZER.encode(text);
                tasks.add(() -> IntStream.range(0, 20).allMatch(i -> Arrays.equals(TOKENIZER.encode(text), ids)));
            }
            for (Future<Boolean> same : pool.invokeAll(tasks)) {
                assertThat(same.get()).isTrue();
            }
        } finally {
            pool.shutdown();
        }
    }

    private static String letters(Random random, int length) {
        String alphabet = "aabbccé";
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    private static List<String> pieces(int[] ids) {
        return IntStream.of(ids).mapToObj(SPELLINGS::get).toList();
    }

    private static List<String> spellings() {
        List<String> spellings = new ArrayList<>();
        for (int rank = 0; rank < ByteAlphabet.SIZE; rank++) {
            spellings.add(ByteAlphabet.spell(ByteAlphabet.at(rank)));
        }
        SLOW.forEach(merge -> spellings.add(merge.replace(" ", "")));
        return spellings;
    }
}
