package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    private final Schedule schedule = new Schedule(1e-3, 1e-4, 4, 12);

    @Test
    void climbsToThePeakInEqualSteps() {
        assertThat(schedule.rate(0)).isCloseTo(0.25e-3, within(1e-12));
        assertThat(schedule.rate(3)).isCloseTo(1e-3, within(1e-12));
        assertThat(schedule.rate(4)).isCloseTo(1e-3, within(1e-12));
    }

    @Test
    void isHalfwayDownInTheMiddleAndStaysAtTheFloor() {
        assertThat(schedule.rate(8)).isCloseTo(0.55e-3, within(1e-12));
        assertThat(schedule.rate(12)).isEqualTo(1e-4);
        assertThat(schedule.rate(1000)).isEqualTo(1e-4);
    }

    @Test
    void needsNoWarmUp() {
        assertThat(new Schedule(1e-3, 0, 0, 10).rate(0)).isEqualTo(1e-3);
        assertThat(new Schedule(1e-3, 0, 10, 10).rate(10)).isZero();
    }

    @Test
    void linearFallsInEqualSteps() {
        Schedule linear = new Schedule(Decay.LINEAR, 1e-3, 1e-4, 4, 12, 0.2);

        assertThat(linear.rate(3)).isEqualTo(1e-3);
        assertThat(linear.rate(6)).isCloseTo(1e-3 - 0.9e-3 / 4, within(1e-12));
        assertThat(linear.rate(10)).isCloseTo(1e-4 + 0.9e-3 / 4, within(1e-12));
        assertThat(linear.rate(12)).isEqualTo(1e-4);
    }

    @Test
    void constantStaysAtThePeak() {
        Schedule constant = new Schedule(Decay.CONSTANT, 1e-3, 0, 2, 12, 0.2);

        assertThat(constant.rate(0)).isEqualTo(0.5e-3);
        assertThat(constant.rate(11)).isEqualTo(1e-3);
        assertThat(constant.rate(500)).isEqualTo(1e-3);
    }

    @Test
    void warmUpStableDecayFallsInTheLastShareOfAllSteps() {
        Schedule wsd = new Schedule(Decay.WSD, 1e-3, 0, 10, 100, 0.2);

        assertThat(wsd.rate(10)).isEqualTo(1e-3);
        assertThat(wsd.rate(80)).isCloseTo(1e-3, within(1e-12));
        assertThat(wsd.rate(90)).isCloseTo(0.5e-3, within(1e-12));
        assertThat(wsd.rate(95)).isCloseTo(0.25e-3, within(1e-12));
        assertThat(wsd.rate(100)).isZero();
    }

    @Test
    void warmUpStableDecayWithoutRoomFallsRightAfterTheWarmUp() {
        Schedule wsd = new Schedule(Decay.WSD, 1e-3, 0, 50, 100, 0.9);

        assertThat(wsd.rate(49)).isEqualTo(1e-3);
        assertThat(wsd.rate(75)).isCloseTo(0.5e-3, within(1e-12));
    }

    @Test
    void refusesRatesAndStepsOutOfOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(0, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(1e-3, 2e-3, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(1e-3, 0, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(Decay.WSD, 1e-3, 0, 0, 1, 0));
    }
}
