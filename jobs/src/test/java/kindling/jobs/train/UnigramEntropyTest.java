package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnigramEntropyTest {
    private static final double THREE_TO_ONE = 0.75 * Math.log(4.0 / 3) + 0.25 * Math.log(4); // nats

    @Test
    void threeOfOneAndOneOfAnother() {
        assertThat(UnigramEntropy.of(new long[] {3, 0, 1})).isEqualTo(THREE_TO_ONE, within(1e-12));
    }

    @Test
    void equalCountsGiveTheLogarithmOfTheirNumber() {
        assertThat(UnigramEntropy.of(new long[] {5, 5, 5, 5})).isEqualTo(Math.log(4), within(1e-12));
    }

    @Test
    void oneTokenAloneSurprisesNobody() {
        assertThat(UnigramEntropy.of(new long[] {0, 9})).isEqualTo(0, within(1e-12));
        assertThat(UnigramEntropy.of(new long[3])).isZero();
    }
}
