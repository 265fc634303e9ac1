package kindling.jobs.train;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kindling.jobs.LocalSpark;
import org.apache.spark.api.java.JavaFutureAction;

/** Takes one of the two cores that tests have, so that tasks run one after the other. */
final class BusyCore {
    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final CountDownLatch FREE = new CountDownLatch(1);

    private BusyCore() {}

    /** Does the work on the other core; once in a JVM's life. */
    static <T> T during(Callable<T> work) throws Exception {
        JavaFutureAction<Void> job =
                LocalSpark.context().parallelize(List.of(0), 1).foreachAsync(ignored -> hold());
        if (!STARTED.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no core became busy within a minute");
        }
        try {
            return work.call();
        } finally {
            FREE.countDown();
            job.get(1, TimeUnit.MINUTES);
        }
    }

    private static void hold() throws InterruptedException {
        STARTED.countDown();
        if (!FREE.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the core was not given back within five minutes");
        }
    }
}
