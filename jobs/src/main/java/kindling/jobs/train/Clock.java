package kindling.jobs.train;

import java.util.Map;
import java.util.function.Supplier;
import kindling.model.train.Step;
import org.apache.spark.SparkEnv;

/** Takes the times of one task. */
final class Clock {
    private final long startMillis = System.currentTimeMillis();
    private final Energy energy = Energy.now();
    private final long start = System.nanoTime();
    private long fetched = start;
    private long computed = start;
    private long computing;

    /** θ is there. */
    void fetched() {
        fetched = System.nanoTime();
    }

    /** Makes a step. What a replica waits for beside it, memory and the first batch, is no computing. */
    Step timed(Supplier<Step> step) {
        long from = System.nanoTime();
        Step made = step.get();
        computing += System.nanoTime() - from;
        return made;
    }

    /** All steps are made. */
    void computed() {
        computed = System.nanoTime();
    }

    Measures.Work work(Map<Slices.Key, byte[]> contribution) {
        double computeSeconds = computing / 1e9;
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
