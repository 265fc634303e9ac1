package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.bpe.SlowBpe;
import kindling.prep.words.Pretokenizer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final Tokenizer TOKENIZER = trained(
            "the cat sat on the mat, the other cats sat on the other mats. Isn't that the théâtre? aaaaaaaa 😀😀", 300);

    @Test
    void encodesAndDecodes() {
        int[] ids = TOKENIZER.encode("the cat");

        assertThat(ids).hasSizeLessThan(7);
        assertThat(TOKENIZER.decode(ids)).isEqualTo("the cat");
    }

    @Test
    void encodesNothingToNothing() {
        assertThat(TOKENIZER.encode("")).isEmpty();
        assertThat(TOKENIZER.decode(new int[0])).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void givesEveryValidTextBack(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int alphabet = round % 2 == 0 ? Character.MAX_CODE_POINT + 1 : 0x300;
            String text = random.ints(random.nextInt(40), 0, alphabet)
                    .filter(point -> Character.getType(point) != Character.SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void encodesAnUnpairedSurrogateAsTheReplacementCharacter() {
        assertThat(TOKENIZER.encode("a\uD83Db \uDE00")).isEqualTo(TOKENIZER.encode("a\uFFFDb \uFFFD"));
    }

    @Test
    void takesASpecialTokenInTextAsOrdinaryText() {
        int[] ids = TOKENIZER.encode("end<|endoftext|>");

        assertThat(ids).doesNotContain(TOKENIZER.endOfText());
        assertThat(TOKENIZER.decode(ids, true)).isEqualTo("end<|endoftext|>");
    }

    @Test
    void decodesSpecialTokensUnlessTheyAreSkipped() {
        int[] ids = IntStream.concat(IntStream.of(TOKENIZER.encode("the")), IntStream.of(TOKENIZER.endOfText()))
                .toArray();

        assertThat(TOKENIZER.decode(ids)).isEqualTo("the<|endoftext|>");
        assertThat(TOKENIZER.decode(ids, true)).isEqualTo("the");
    }

    @Test
    void decodesHalfACharacterToTheReplacementCharacter() {
        int firstByte = TOKENIZER.id("Ã").orElseThrow();

        assertThat(TOKENIZER.decode(new int[] {firstByte})).isEqualTo("\uFFFD");
    }

    @Test
    void refusesToDecodeAnUnknownId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TOKENIZER.decode(new int[] {TOKENIZER.size()}))
                .withMessage("id must be in 0 … %d, got %d", TOKENIZER.size() - 1, TOKENIZER.size());
    }

    @Test
    void saysSoWhenThereIsNoEndOfText() {
        Tokenizer without = Tokenizer.parse(TOKENIZER.json().replace("<|endoftext|>", "<|end|>"));

        assertThatIllegalStateException().isThrownBy(without::endOfText).withMessageContaining("<|endoftext|>");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void mergesShortAndLongWordsAsTheSlowEncoderDoes(long seed) {
        Random random = new Random(seed);
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            counts.put(randomWord(random, 12), 1L + random.nextInt(50));
        }
        Tokenizer tokenizer = BpeTrainer.train(counts, 257 + 60, "gpt2", List.of());
        List<String> merges = SlowBpe.merges(counts, 256 + 60);

        for (int round = 0; round < 60; round++) {
            String word = randomWord(random, 200);
            List<String> pieces = IntStream.of(tokenizer.encode(word))
                    .mapToObj(id -> ByteAlphabet.spell(Utf8.of(tokenizer.decode(new int[] {id}))))
                    .toList();

            assertThat(pieces).isEqualTo(SlowBpe.encode(word, merges));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a", " ", "😀", "ab", "1", "\n ", "'s", "é", "the "})
    void encodesAMegabyteOfOneThingInSeconds(String unit) {
        String text = unit.repeat(1_000_000 / unit.length());

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text));
    }

    private static String randomWord(Random random, int longest) {
        StringBuilder word = new StringBuilder();
        for (int n = random.nextInt(longest); n >= 0; n--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static Tokenizer trained(String text, int size) {
        Map<String, Long> counts = new HashMap<>();
        List<String> words = new ArrayList<>();
        Pretokenizer.named("gpt2").words(text, words::add);
        words.forEach(word -> counts.merge(word, 1L, Long::sum));
        return BpeTrainer.train(counts, size, "gpt2", List.of());
    }
}
