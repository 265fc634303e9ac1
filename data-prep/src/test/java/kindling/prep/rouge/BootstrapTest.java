package kindling.prep.rouge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
    @Test
    void meansAreThoseOfTheColumns() {
        assertThat(new Bootstrap(new double[] {1, 10, 3, 30}, 2, 7).means()).containsExactly(2, 20);
    }

    @Test
    void aSampleIsAFunctionOfItsNumberAndTheSeed() {
        Bootstrap bootstrap = new Bootstrap(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 7);

        assertThat(bootstrap.means(3)).isEqualTo(bootstrap.means(3)).isNotEqualTo(bootstrap.means(4));
        assertThat(new Bootstrap(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 8).means(3))
                .isNotEqualTo(bootstrap.means(3));
    }

    @Test
    void columnsOfARowAreDrawnTogether() {
        Bootstrap bootstrap = new Bootstrap(new double[] {1, -1, 2, -2, 5, -5}, 2, 7);

        for (int sample = 0; sample < 20; sample++) {
            double[] means = bootstrap.means(sample);
            assertThat(means[0]).isEqualTo(-means[1]);
        }
    }

    @Test
    void boundsLieBetweenTwoValuesAsNumPyPutsThem() {
        double[] means = {4, 1, 3, 2, 5}; // numpy.percentile([1, 2, 3, 4, 5], [10, 50, 90]) is [1.4, 3, 4.6]

        Bootstrap.Interval interval = Bootstrap.Interval.of(means, 0.8);

        assertThat(interval.low()).isEqualTo(1.4, within(1e-12));
        assertThat(interval.mid()).isEqualTo(3);
        assertThat(interval.high()).isEqualTo(4.6, within(1e-12));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anIntervalIsAsWideAsTheErrorOfTheMean(long seed) {
        double[] coins = IntStream.range(0, 400).mapToDouble(i -> i % 2).toArray();
        Bootstrap bootstrap = new Bootstrap(coins, 1, seed);

        double[] means =
                IntStream.range(0, 1000).mapToDouble(i -> bootstrap.means(i)[0]).toArray();
        Bootstrap.Interval interval = Bootstrap.Interval.of(means, 0.95);

        double error = 1.96 * 0.5 / Math.sqrt(coins.length); // of the mean of 400 fair coins
        assertThat(interval.low()).isEqualTo(0.5 - error, within(0.01));
        assertThat(interval.mid()).isEqualTo(0.5, within(0.005));
        assertThat(interval.high()).isEqualTo(0.5 + error, within(0.01));
    }

    @Test
    void refusesNoRows() {
        assertThatThrownBy(() -> new Bootstrap(new double[0], 4, 1)).hasMessageContaining("got 0");
    }
}
