package kindling.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
    private static final double[] NONE = {0, 0};

    @Test
    void withoutWeightsRepetitionsDecide() {
        assertThat(Shares.counts(new long[] {100, 30}, NONE, new double[] {1, 2}))
                .containsExactly(100, 60);
        assertThat(Shares.counts(new long[] {100, 30}, NONE, new double[] {0.5, 0.1}))
                .containsExactly(50, 3);
    }

    @Test
    void withWeightsTheEpochEndsWhereACorpusRunsOut() {
        assertThat(Shares.counts(new long[] {100, 30}, new double[] {0.7, 0.3}, new double[] {1, 1}))
                .containsExactly(70, 30);
        assertThat(Shares.counts(new long[] {100, 30}, new double[] {0.5, 0.5}, new double[] {1, 2}))
                .containsExactly(60, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void sharesAreRoundedAndNoCorpusExceedsItsRepetitions(int seed) {
        Random random = new Random(seed);
        int corpora = 2 + random.nextInt(5);
        long[] sizes = random.longs(corpora, 1, 10_000).toArray();
        double[] weights = random.doubles(corpora, 0.01, 5).toArray();
        double[] repetitions = random.doubles(corpora, 1, 4).toArray();

        long[] counts = Shares.counts(sizes, weights, repetitions);

        long all = Arrays.stream(counts).sum();
        double sum = Arrays.stream(weights).sum();
        for (int c = 0; c < corpora; c++) {
            assertThat((double) counts[c]).isLessThanOrEqualTo(repetitions[c] * sizes[c]);
            assertThat(Math.abs(counts[c] - all * weights[c] / sum)).isLessThan(1);
        }
    }
}
