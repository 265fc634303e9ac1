package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTimerTest {
    private static Measures measures(String executor, long from, long to, double fetch, double compute) {
        return new Measures(
                0,
                1,
                1,
                1,
                1,
                List.of(),
                false,
                new Measures.Work(executor, from, to, fetch, compute, 0, 10, new Energy.Spent(0, true)));
    }

    @Test
    void tasksOfAnExecutorThatOverlapWorkAtATime() {
        assertThat(RoundTimer.concurrency(List.of(
                        measures("1", 0, 100, 0, 1),
                        measures("1", 50, 150, 0, 1),
                        measures("1", 100, 200, 0, 1),
                        measures("2", 1000, 2000, 0, 1))))
                .isEqualTo(3);
    }

    @Test
    void tasksOneAfterTheOtherDoNot() {
        assertThat(RoundTimer.concurrency(List.of(measures("1", 0, 100, 0, 1), measures("1", 100, 200, 0, 1))))
                .isEqualTo(1);
    }

    @Test
    void thePartsOfARoundAddUpToTheWhole() throws InterruptedException {
        RoundTimer timer = new RoundTimer();
        Thread.sleep(40);
        timer.computed();
        Thread.sleep(20);
        timer.exchanged();

        RoundTimer.Times times =
                timer.times(List.of(measures("1", 0, 30, 0.005, 0.02), measures("2", 0, 30, 0.005, 0.01)));

        assertThat(times.compute()).isEqualTo(0.015, within(1e-9));
        assertThat(times.exchange()).isGreaterThanOrEqualTo(0.025);
        assertThat(times.compute() + times.exchange() + times.waiting()).isEqualTo(times.seconds(), within(1e-9));
    }
}
