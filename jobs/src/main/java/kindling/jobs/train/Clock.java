package kindling.jobs.train;

import java.util.Map;
import org.apache.spark.SparkEnv;

/** Takes the times of one task. */
final class Clock {
    private final long startMillis = System.currentTimeMillis();
    private final Energy energy = Energy.now();
    private final long start = System.nanoTime();
    private long fetched = start;
    private long computed = start;

    /** θ is there. */
    void fetched() {
        fetched = System.nanoTime();
    }

    /** All steps are made. */
    void computed() {
        computed = System.nanoTime();
    }

    Measures.Work work(Map<Slices.Key, byte[]> contribution) {
        double computeSeconds = (computed - fetched) / 1e9;
        return new Measures.Work(
                SparkEnv.get().executorId(),
                startMillis,
                System.currentTimeMillis(),
                (fetched - start) / 1e9,
                computeSeconds,
                (System.nanoTime() - computed) / 1e9,
                contribution.values().stream().mapToLong(slice -> slice.length).sum(),
                Energy.now().since(energy, computeSeconds));
    }
}
