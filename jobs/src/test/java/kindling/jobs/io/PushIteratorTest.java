package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushIteratorTest {
    private static final int MANY = 10_000; // far more than wait between the two sides

    @Test
    void givesValuesInTheirOrder() {
        PushIterator<Integer> pulled =
                new PushIterator<>(sink -> IntStream.range(0, MANY).forEach(sink::accept), value -> 100);

        List<Integer> values = new ArrayList<>();
        pulled.forEachRemaining(values::add);

        assertThat(values).hasSize(MANY).isSorted();
        assertThatThrownBy(pulled::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void anEmptySourceHasNothing() {
        assertThat(new PushIterator<>(sink -> {}, value -> 1)).isExhausted();
    }

    @Test
    void theFailureOfTheSourceComesAfterItsValues() {
        PushIterator<Integer> pulled = new PushIterator<>(
                sink -> {
                    sink.accept(1);
                    throw new IllegalStateException("the disk is gone");
                },
                value -> 1);

        assertThat(pulled.next()).isEqualTo(1);
        assertThatThrownBy(pulled::hasNext).hasRootCauseMessage("the disk is gone");
        assertThatThrownBy(pulled::next).hasRootCauseMessage("the disk is gone");
    }

    @Test
    void aTaskThatStopsEarlyEndsTheSource() throws InterruptedException {
        List<Integer> first = LocalSpark.context()
                .parallelize(List.of(0), 1)
                .mapPartitions(rows -> new PushIterator<Integer>(
                        sink -> IntStream.iterate(0, i -> i + 1).forEach(sink::accept), value -> 100))
                .take(3);

        assertThat(first).containsExactly(0, 1, 2);
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("kindling-reader"))) {
            Thread.sleep(10);
        }
    }

    @Test
    void aFailingSourceFailsItsTask() {
        assertThatThrownBy(() -> LocalSpark.spark()
                        .createDataset(List.of("a"), Encoders.STRING())
                        .mapPartitions(
                                (org.apache.spark.api.java.function.MapPartitionsFunction<String, String>)
                                        rows -> new PushIterator<String>(
                                                sink -> {
                                                    throw new IllegalStateException("the disk is gone");
                                                },
                                                value -> 1),
                                Encoders.STRING())
                        .collectAsList())
                .hasStackTraceContaining("the disk is gone");
    }
}
