package kindling.prep.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import kindling.prep.token.Utf8;
import kindling.prep.words.Pretokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordCountsTest {
    private static final TextCut GPT2 = new TextCut("gpt2", false);

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "cl100k", "qwen2", "o200k"})
    void agreesWithAMapOfStrings(String pattern) {
        WordCounts counts = new WordCounts();
        Map<String, Long> map = new HashMap<>();
        Random random = new Random(3);

        for (int n = 0; n < 300; n++) {
            String text = RandomText.of(random, 200);
            counts.addWords(text, new TextCut(pattern, false));
            Pretokenizer.named(pattern).words(text, word -> map.merge(word, 1L, Long::sum));
        }

        assertThat(map(counts)).isEqualTo(map);
        assertThat(counts.size()).isEqualTo(map.size()).isGreaterThan(1_000);
        assertThat(counts.occurrences())
                .isEqualTo(map.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void addsUpWhatOtherTablesCounted() {
        WordCounts counts = counted("a b a");

        counts.addAll(counted("a c").toBytes());

        assertThat(map(counts)).isEqualTo(Map.of("a", 2L, " a", 1L, " b", 1L, " c", 1L));
        assertThat(counts.textBytes()).isEqualTo("a b aa c".length());
        assertThat(counts.byteSize()).isEqualTo("a b a c".length());
    }

    @Test
    void forgetsEverythingWhenCleared() {
        WordCounts counts = counted("a b c");

        counts.clear();
        counts.addWords("b b", GPT2);

        assertThat(map(counts)).isEqualTo(Map.of("b", 1L, " b", 1L));
    }

    @Test
    void countsUnpairedSurrogatesAsTheReplacementCharacter() {
        assertThat(map(counted("\uD83D\uFFFD"))).isEqualTo(Map.of("\uFFFD\uFFFD", 1L));
    }

    @Test
    void countsComposedCharactersWhereAskedTo() {
        WordCounts counts = new WordCounts();

        counts.addWords("cafe\u0301 café", new TextCut("gpt2", true));

        assertThat(map(counts)).isEqualTo(Map.of("café", 1L, " café", 1L));
    }

    @Test
    void takesAWordOfAMegabyteAsItIs() {
        WordCounts counts = counted("x".repeat(1 << 20) + " " + "x".repeat(1 << 20));

        assertThat(counts.size()).isEqualTo(2);
        assertThat(counts.byteSize()).isEqualTo((2 << 20) + 1);
    }

    @Test
    void isFullAtSixteenMegabytesOrAQuarterOfAMillionWords() {
        assertThat(counted("x".repeat((16 << 20) - 1)).isFull()).isFalse();
        assertThat(counted("x".repeat(16 << 20)).isFull()).isTrue();
    }

    @Test
    void refusesASumThatNoLongHolds() {
        WordCounts counts = new WordCounts();
        byte[] word = Utf8.of("the");
        counts.add(word, Long.MAX_VALUE);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> counts.add(word, 1));
    }

    private static WordCounts counted(String text) {
        WordCounts counts = new WordCounts();
        counts.addWords(text, GPT2);
        return counts;
    }

    static Map<String, Long> map(WordCounts counts) {
        Map<String, Long> map = new HashMap<>();
        for (int i = 0; i < counts.size(); i++) {
            map.put(new String(counts.word(i), StandardCharsets.UTF_8), counts.count(i));
        }
        return map;
    }
}
