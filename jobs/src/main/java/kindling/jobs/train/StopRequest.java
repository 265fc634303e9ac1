package kindling.jobs.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kindling.jobs.UserError;
import kindling.jobs.io.Progress;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Ctrl-C and SIGTERM while training goes on: the round that is going on is dropped, the one before it made durable, and the process ends. Runs on the
 * driver. Hadoop calls shutdown hooks in the order of their priorities, so that Spark is still there.
 */
final class StopRequest implements AutoCloseable {
    private static final String ROUNDS = "kindling-rounds";
    private static final int BEFORE_SPARK = 100; // Spark's hooks are 40 here, and Hadoop's file systems close at 10
    private static final long MINUTES = 10; // to write a state; whoever sent the signal may be less patient

    private final JavaSparkContext context;
    private final Runnable hook = this::ask;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asked;

    StopRequest(JavaSparkContext context) {
        this.context = context;
        ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK, MINUTES, TimeUnit.MINUTES);
    }

    private void ask() {
        asked = true;
        Progress.line("stopping: writing the last finished round; kill -9 ends at once and loses it");
        context.sc().cancelJobGroupAndFutureJobs(ROUNDS);
        try {
            if (!ended.await(MINUTES, TimeUnit.MINUTES)) {
                Progress.line("stopping: the state was not written within %d minutes".formatted(MINUTES));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs a round.
     *
     * @return whether to stop; then the round may have been cut off
     */
    boolean during(Runnable round) {
        context.setJobGroup(ROUNDS, "training", true);
        try {
            if (!asked) {
                round.run();
            }
        } catch (Exception e) { // Spark's are checked, and undeclared
            if (!asked) {
                throw e;
            }
        } finally {
            context.clearJobGroup();
        }
        return asked;
    }

    boolean isAsked() {
        return asked;
    }

    UserError error(String job, long round, long rounds) {
        return new UserError(
                "%s stopped after round %d of %d: the same command goes on from there".formatted(job, round, rounds));
    }

    /** Lets the process end. */
    @Override
    public void close() {
        ended.countDown();
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }
}
