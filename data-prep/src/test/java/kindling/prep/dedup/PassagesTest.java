package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.prep.dedup.Passages.Repeat;
import kindling.prep.dedup.Passages.Stretch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassagesTest {
    private static String words(Random random, int count, int vocabulary) {
        return IntStream.range(0, count)
                .mapToObj(i -> "w" + random.nextInt(vocabulary))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyWindowIsInOneStretchAndEqualWindowsShareTheirSeed(long seed) {
        Random random = new Random(seed);
        int k = 2 + random.nextInt(9);
        int vocabulary = 1 + random.nextInt(3);
        Map<ByteBuffer, Long> seeds = new HashMap<>();

        for (int text = 0; text < 20; text++) {
            int count = random.nextInt(60);
            Passages passages = new Passages(words(random, count, vocabulary), List.of(), k);
            int next = 0;
            for (Stretch stretch : passages.stretches()) {
                assertThat(stretch.first()).isEqualTo(next);
                next += stretch.count();
                for (int window = stretch.first(); window < next; window++) {
                    Long other = seeds.putIfAbsent(ByteBuffer.wrap(passages.digest(window)), stretch.seed());
                    assertThat(other == null || other == stretch.seed())
                            .as("window " + window)
                            .isTrue();
                }
            }
            assertThat(next).isEqualTo(Math.max(0, count - k + 1));
        }
    }

    @Test
    void aTextOfUsualLengthHasFewStretches() {
        Passages passages = new Passages(words(new Random(1), 350, 1000), List.of(), 50);

        assertThat(passages.stretches()).hasSizeBetween(15, 30); // 2 / (26 + 1) of 301 windows, and the ends
    }

    @Test
    void spansCoverWhatRepeatsAndNameWhereItIsKept() {
        String text = "0 1 2 3 4 5 6 7 8 9";
        Passages passages = new Passages(text, List.of(), 3);

        List<Span> spans = passages.spans(
                "me", List.of(new Repeat(6, 1, "b", 0), new Repeat(2, 2, "a", 7), new Repeat(3, 1, "b", 5)));

        assertThat(spans).containsExactly(new Span(4, 11, "substring", "a"), new Span(12, 17, "substring", "b"));
    }

    @Test
    void whatRepeatsItselfKeepsItsFirstWindow() {
        String text = "ha ha ha ha ha ha ha";
        Passages passages = new Passages(text, List.of(), 3);

        List<Span> spans = passages.spans("me", List.of(new Repeat(1, 1, "me", 0), new Repeat(2, 3, "me", 0)));

        assertThat(Span.cut(text, spans)).isEqualTo("ha ha ha");
    }

    @Test
    void spansDoNotGrowOverWhatIsGoneAlready() {
        Passages passages = new Passages("0 1 2 3 4 5", List.of(new Span(4, 7, "paragraph", "z")), 3);

        assertThat(passages.spans("me", List.of(new Repeat(0, 2, "a", 0))))
                .containsExactly(new Span(0, 3, "substring", "a"), new Span(8, 11, "substring", "a"));
    }

    @Test
    void aWindowHasTwoTokensAtLeast() {
        assertThatThrownBy(() -> new Passages("a b", List.of(), 1)).hasMessageContaining("got 1");
    }
}
