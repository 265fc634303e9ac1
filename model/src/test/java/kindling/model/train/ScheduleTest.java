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
    void refusesRatesAndStepsOutOfOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(0, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(1e-3, 2e-3, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(1e-3, 0, 2, 1));
    }
}
