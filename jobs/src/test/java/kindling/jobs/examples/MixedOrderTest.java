package kindling.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedOrderTest {
    private static final long[] SIZES = {3000, 7, 1200, 0, 500};
    private static final long[] COUNTS = {3000, 21, 1200, 0, 2000}; // 1, 3, 1 and 4 times
    private static final int EPOCH = 6221;

    private static long[] epoch(long seed, long number) {
        MixedOrder order = new MixedOrder(seed, SIZES, COUNTS);
        return LongStream.range(number * EPOCH, (number + 1) * EPOCH)
                .map(order::at)
                .toArray();
    }

    private static int corpus(long number) {
        return number < 3000 ? 0 : number < 3007 ? 1 : number < 4207 ? 2 : 4;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void eachSequenceComesAsOftenAsItsCorpusIsRepeated(long seed) {
        for (long epoch = 0; epoch < 3; epoch++) {
            int[] times = new int[4707];
            for (long number : epoch(seed, epoch)) {
                times[(int) number]++;
            }

            for (int number = 0; number < times.length; number++) {
                int corpus = corpus(number);
                assertThat(times[number]).as("sequence %d", number).isEqualTo((int) (COUNTS[corpus] / SIZES[corpus]));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyTwoThousandPositionsHaveEachCorpusToAPercent(long seed) {
        long[] numbers = epoch(seed, 0);
        int window = 2048;
        int[] within = new int[5];

        for (int i = 0; i < numbers.length; i++) {
            within[corpus(numbers[i])]++;
            if (i >= window) {
                within[corpus(numbers[i - window])]--;
            }
            for (int c = 0; c < 5 && i >= window - 1; c++) {
                assertThat(within[c] / (double) window - COUNTS[c] / (double) EPOCH)
                        .isBetween(-0.01, 0.01);
            }
        }
    }

    @Test
    void partOfACorpusComesOnceAndTheRestInTheNextEpoch() {
        MixedOrder order = new MixedOrder(7, new long[] {100, 60}, new long[] {50, 60});

        assertThat(LongStream.range(0, 220)
                        .map(order::at)
                        .filter(number -> number < 100)
                        .sorted())
                .containsExactly(LongStream.range(0, 100).boxed().toArray(Long[]::new));
    }

    @Test
    void differsByEpochAndBySeedAndIsAFunctionOfThePosition() {
        assertThat(epoch(7, 0))
                .isNotEqualTo(epoch(7, 1))
                .isNotEqualTo(epoch(8, 0))
                .isEqualTo(epoch(7, 0));
        assertThat(new MixedOrder(7, SIZES, COUNTS).at(EPOCH + 5L)).isEqualTo(epoch(7, 1)[5]);
    }

    @Test
    void billionsOfSequencesDoNotOverflow() {
        MixedOrder order = new MixedOrder(7, new long[] {1L << 40, 1L << 35}, new long[] {1L << 40, 1L << 37});

        assertThat(LongStream.range(0, 1000).map(i -> order.at(i * 1_000_000_007L)))
                .allMatch(number -> number >= 0 && number < (1L << 40) + (1L << 35));
    }
}
