package kindling.jobs.io;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;

/** One line every few seconds while Spark works: {@code dedup | stage 14 | tasks 5/8 | running 2 | 12 s}. */
public final class Progress {
    private static final long PERIOD_SECONDS = 5; // short enough to see that it lives, long enough for a readable log

    private final String job;
    private final Session session;
    private final long startNanos = System.nanoTime();
    private final Thread thread = new Thread(this::printAlways, "kindling-progress");

    private Progress(String job, Session session) {
        this.job = job;
        this.session = session;
        thread.setDaemon(true);
    }

    /** Starts printing. */
    public static Progress of(String job, Session session) {
        Progress progress = new Progress(job, session);
        progress.thread.start();
        return progress;
    }

    private void printAlways() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(PERIOD_SECONDS);
                print();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void print() {
        session.started()
                .ifPresent(spark -> print(
                        JavaSparkContext.fromSparkContext(spark.sparkContext()).statusTracker()));
    }

    private void print(JavaSparkStatusTracker tracker) {
        for (int id : tracker.getActiveStageIds()) {
            SparkStageInfo stage = tracker.getStageInfo(id);
            if (stage != null && stage.numActiveTasks() > 0) {
                line(String.format(
                        Locale.ROOT,
                        "%s | stage %d | tasks %d/%d | running %d | %d s",
                        job,
                        id,
                        stage.numCompletedTasks(),
                        stage.numTasks(),
                        stage.numActiveTasks(),
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos)));
            }
        }
    }

    /** Prints a line where people and logs see it, apart from a job's results. */
    public static void line(String text) {
        System.err.println(text);
    }

    /** Stops printing. */
    public void close() {
        thread.interrupt();
    }
}
