package kindling.prep.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeLimitTest {
    private static final long LONG = 20_000; // milliseconds

    @Test
    void workInTimeGivesItsResult() throws BadRecord {
        assertThat(TimeLimit.within(LONG, () -> "tea")).isEqualTo("tea");
    }

    @Test
    void lateWorkIsLeftBehind() {
        assertThatThrownBy(() -> TimeLimit.within(10, () -> new CountDownLatch(1).await(LONG, TimeUnit.MILLISECONDS)))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("extraction_timeout"))
                .hasMessage("longer than max-extraction-millis, 10");
    }

    @Test
    void whateverTheWorkThrowsCostsItsRecord() {
        assertFailed(() -> {
            throw new IllegalArgumentException("secret");
        });
        assertFailed(() -> deep(0));
        assertFailed(() -> {
            throw new OutOfMemoryError("of one record");
        });
    }

    private static int deep(int level) {
        return level == Integer.MAX_VALUE ? 0 : 1 + deep(level + 1);
    }

    private static void assertFailed(Callable<?> work) {
        assertThatThrownBy(() -> TimeLimit.within(LONG, work))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("extraction_failed"))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void reasonsOfTheWorkAreKept() {
        assertThatThrownBy(() -> TimeLimit.within(LONG, () -> {
                    throw new BadRecord("empty", "no text");
                }))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("empty"));
    }

    @Test
    void interruptionEndsWaiterAndWork() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiter = new Thread(() -> assertThatThrownBy(() -> TimeLimit.within(LONG, () -> {
                    started.countDown();
                    try {
                        return new CountDownLatch(1).await(LONG, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                }))
                .isInstanceOf(CancellationException.class));
        waiter.start();
        started.await();

        waiter.interrupt();

        waiter.join();
        assertThat(interrupted.await(LONG, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void tooManyThreadsThatAreLateEndTheJob() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        try {
            for (int i = 0; i < TimeLimit.MAX_ABANDONED; i++) {
                assertThatThrownBy(() -> TimeLimit.within(10, () -> busyUntil(release)))
                        .isInstanceOf(BadRecord.class);
            }
            assertThatThrownBy(() -> TimeLimit.within(10, () -> busyUntil(release)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("max-extraction-millis");
        } finally {
            release.countDown();
        }
        while (TimeLimit.abandoned() > 0) {
            Thread.sleep(1);
        }
    }

    /** Does not listen to interrupts. */
    private static boolean busyUntil(CountDownLatch release) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                // and goes on
            }
        }
        return true;
    }
}
