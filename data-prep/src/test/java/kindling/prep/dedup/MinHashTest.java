package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinHashTest {
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"0 3, 2, 0", "0 3, 1 3 4, 0.25", "0 3, 0 2 3, 0.6667", "2, 0 2 3, 0.3333", "1 3 4, 0 2 3, 0.2"})
    void estimatesTheTextbooksSets(String a, String b, double jaccard) {
        // "Mining of Massive Datasets", 3rd edition, figure 3.4: the columns S1 to S4.
        MinHash minHash = new MinHash(64, 64, 7);

        double estimate =
                minHash.similarity(minHash.signature(Shingles.of(a, 1)), minHash.signature(Shingles.of(b, 1)));

        assertThat(estimate).isCloseTo(jaccard, within(4 * error(jaccard, 4096) + 1e-4));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void estimateIsWithinFourStandardErrors(long seed) {
        MinHash minHash = new MinHash(32, 32, seed);
        for (int shared = 0; shared <= 1000; shared += 100) {
            long[] a = shingles(0, 1000);
            long[] b = shingles(1000 - shared, 1000);
            double jaccard = Shingles.jaccard(a, b);

            double estimate = minHash.similarity(minHash.signature(a), minHash.signature(b));

            assertThat(estimate).isCloseTo(jaccard, within(4 * error(jaccard, 1024) + 1e-9));
        }
    }

    @ParameterizedTest(name = "similarity {0}")
    @ValueSource(doubles = {0.5, 0.7, 0.8, 0.9})
    void similarSetsShareABandAsOftenAsTheFormulaSays(double similarity) {
        int trials = 1000;
        int size = 200;
        int shared = (int) Math.round(2 * size * similarity / (1 + similarity));
        Banding banding = new Banding(14, 8);
        MinHash minHash = new MinHash(banding, 5);
        int met = 0;
        for (int trial = 0; trial < trials; trial++) {
            long start = trial * 1_000L;
            long[] a = minHash.bandKeys(minHash.signature(shingles(start, size)));
            long[] b = minHash.bandKeys(minHash.signature(shingles(start + size - shared, size)));
            met += LongStream.of(a).anyMatch(key -> Arrays.stream(b).anyMatch(other -> other == key)) ? 1 : 0;
        }

        double expected = banding.candidateProbability((double) shared / (2 * size - shared));
        assertThat((double) met / trials).isCloseTo(expected, within(4 * error(expected, trials) + 0.005));
    }

    @Test
    void differentSeedsGiveDifferentSignatures() {
        assertThat(new MinHash(2, 3, 1).signature(shingles(0, 9)))
                .isNotEqualTo(new MinHash(2, 3, 2).signature(shingles(0, 9)));
    }

    @Test
    void keysOfDifferentBandsDiffer() {
        assertThat(new MinHash(20, 2, 1).bandKeys(new int[40])).doesNotHaveDuplicates();
    }

    @Test
    void refusesSignaturesOfAnotherShape() {
        assertThatThrownBy(() -> new MinHash(2, 3, 1).bandKeys(new int[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a signature of 2 bands of 3 rows has 6 places, got 5");
    }

    private static double error(double probability, int trials) {
        return Math.sqrt(probability * (1 - probability) / trials);
    }

    /** Sorted hashes of the numbers from start on. */
    private static long[] shingles(long start, int count) {
        return LongStream.range(start, start + count).map(MinHash::mix).sorted().toArray();
    }
}
