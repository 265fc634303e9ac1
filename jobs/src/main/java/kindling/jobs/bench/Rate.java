package kindling.jobs.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How fast something is done by several threads at once, each doing all of it. */
final class Rate {
    private static final double WARM_UP_SECONDS = 3; // until the compiler is done, on a machine that has other work
    private static final int RUNS = 5;

    private Rate() {}

    /** The median over five runs after warming up, in MB (10^6 bytes) a second and thread. */
    static double megabytesPerSecond(long bytes, int threads, Callable<?> work) throws InterruptedException {
        return megabytesPerSecond(bytes, threads, WARM_UP_SECONDS, work);
    }

    /** The same after so many seconds. */
    static double megabytesPerSecond(long bytes, int threads, double warmUpSeconds, Callable<?> work)
            throws InterruptedException {
        for (double warm = 0; warm < warmUpSeconds; ) {
            warm += seconds(threads, work);
        }
        double[] rates = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            rates[run] = bytes / 1e6 / seconds(threads, work);
        }
        Arrays.sort(rates);
        return rates[RUNS / 2];
    }

    private static double seconds(int threads, Callable<?> work) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Object>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(work::call);
            }
            long start = System.nanoTime();
            for (Future<Object> done : pool.invokeAll(all)) {
                done.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a benchmark failed", e.getCause());
        } finally {
            pool.shutdown();
        }
    }
}
