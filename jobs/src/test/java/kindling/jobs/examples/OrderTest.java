package kindling.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    private static final long MANY = Order.WHOLE + 5_000;

    private static long[] epoch(long seed, long size, long number) {
        Order order = new Order(seed, size);
        return LongStream.range(number * size, (number + 1) * size)
                .map(order::at)
                .toArray();
    }

    @ParameterizedTest(name = "{0} sequences")
    @ValueSource(longs = {1, 2, 3, 5, 64, 1000, 1023, 1024, 1025, 2048, 5000, Order.WHOLE, Order.WHOLE + 1})
    void eachSequenceComesOnceInAnEpoch(long size) {
        for (long epoch = 0; epoch < 3; epoch++) {
            long[] numbers = epoch(7, size, epoch);

            assertThat(LongStream.of(numbers).sorted().toArray())
                    .isEqualTo(LongStream.range(0, size).toArray());
        }
    }

    @Test
    void isShuffled() {
        assertThat(epoch(7, 5000, 0)).isNotEqualTo(LongStream.range(0, 5000).toArray());
        assertThat(epoch(7, 100, 0)).isNotEqualTo(LongStream.range(0, 100).toArray());
    }

    @Test
    void differsByEpochAndBySeed() {
        assertThat(epoch(7, 5000, 0)).isNotEqualTo(epoch(7, 5000, 1)).isNotEqualTo(epoch(8, 5000, 0));
    }

    @Test
    void isAFunctionOfSeedAndPositionAlone() {
        assertThat(epoch(7, 5000, 1)).isEqualTo(epoch(7, 5000, 1));
        assertThat(new Order(7, 5000).at(7_321)).isEqualTo(epoch(7, 5000, 1)[2_321]);
    }

    @Test
    void fewSequencesComeFromEverywhere() {
        long[] numbers = epoch(7, 20_000, 0);

        for (int step = 0; step + 12 <= 2_000; step += 12) {
            long[] batch = LongStream.of(numbers).skip(step).limit(12).sorted().toArray();
            assertThat(batch[11] - batch[0]).isGreaterThan(Order.CHUNK);
        }
    }

    @Test
    void readsOfManyStayWithinAChunk() {
        long[] numbers = epoch(7, MANY, 0);

        for (int chunk = 0; chunk < MANY / Order.CHUNK; chunk++) {
            long first = numbers[chunk * Order.CHUNK] / Order.CHUNK;
            for (int i = 0; i < Order.CHUNK; i++) {
                assertThat(numbers[chunk * Order.CHUNK + i] / Order.CHUNK).isEqualTo(first);
            }
        }
    }

    @Test
    void theShorterLastChunkStaysLast() {
        int full = (int) MANY / Order.CHUNK * Order.CHUNK;

        assertThat(LongStream.of(epoch(7, MANY, 0)).skip(full)).allMatch(number -> number >= full);
    }
}
