package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final Watch watch = new Watch(Guard.of(4));

    private static void calm(Watch watch, int steps) {
        for (int i = 0; i < steps; i++) {
            assertThat(watch.judge(3 + 0.1 * Math.sin(i), 1 + 0.2 * Math.cos(i)))
                    .isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void spikeOfTheLossIsLeftOutWithItsNumbers() {
        calm(watch, 60);

        Outcome outcome = watch.judge(6, 1);

        assertThat(outcome).isInstanceOf(Outcome.Skipped.class);
        assertThat(((Outcome.Skipped) outcome).reason())
                .matches("loss 6.000 is \\d+\\.\\d deviations above its mean [23]\\.\\d+ \\(limit 4\\.0\\)");
    }

    @Test
    void spikeOfTheNormIsLeftOutAndTheNextStepIsMade() {
        calm(watch, 60);

        assertThat(watch.judge(3, 9)).isInstanceOf(Outcome.Skipped.class);
        assertThat(watch.judge(3, 1)).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void fallingIsNoOutlier() {
        calm(watch, 60);

        assertThat(watch.judge(0.1, 0.01)).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void nothingIsLeftOutBeforeTheWarmUpIsOver() {
        calm(watch, 20);

        assertThat(watch.judge(50, 70)).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void levelThatStaysHighIsTakenAfterFiveSteps() {
        calm(watch, 60);
        List<Boolean> made = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            made.add(watch.judge(8, 5).equals(Outcome.APPLIED));
        }

        assertThat(made.subList(0, 5)).containsOnly(false);
        assertThat(made.subList(5, 20)).containsOnly(true);
    }

    @Test
    void whatIsNotFiniteIsLeftOutUnderEveryGuardAndForEver() {
        Watch off = new Watch(Guard.off());
        for (int i = 0; i < 50; i++) {
            assertThat(off.judge(Double.NaN, 1)).isInstanceOf(Outcome.Skipped.class);
            assertThat(watch.judge(3, Double.POSITIVE_INFINITY)).isInstanceOf(Outcome.Skipped.class);
        }
        assertThat(off.judge(1e30, 1e30)).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void goesOnFromItsStateAsIfItHadNotStopped() {
        calm(watch, 40);
        Watch second = new Watch(Guard.of(4));
        second.state(watch.state());

        for (int i = 0; i < 40; i++) {
            double loss = i % 7 == 0 ? 5 : 3 - 0.01 * i;
            assertThat(second.judge(loss, 1)).isEqualTo(watch.judge(loss, 1));
        }
        assertThat(second.state()).isEqualTo(watch.state());
    }

    @Test
    void normTooLargeForItsMemoryInTheWarmUpDoesNotBlindItForEver() {
        calm(watch, 5);
        assertThat(watch.judge(3, 1e30)).isEqualTo(Outcome.APPLIED);
        assertThat(watch.judge(3, 1e200)).isEqualTo(Outcome.APPLIED);
        calm(watch, 60);

        assertThat(watch.judge(3, 9)).isInstanceOf(Outcome.Skipped.class);
    }

    @Test
    void namesEveryValueOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guard(0, 1, 1, 0))
                .withMessage("deviations must be > 0, got 0.0; memory must be in (0, 1), got 1.0; "
                        + "warmup must be >= 2, got 1; patience must be >= 1, got 0");
    }
}
