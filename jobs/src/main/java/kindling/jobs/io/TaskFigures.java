package kindling.jobs.io;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What the tasks of a job moved and held, as Spark tells the driver when each ends. */
public final class TaskFigures extends SparkListener implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000; // for events that are on their way

    private final SparkContext context;
    private long tasks;
    private long shuffleBytesWritten;
    private long shuffleBytesRead;
    private long spilledBytes;
    private long taskMemory;
    private long executorHeap;

    /** Counts from now on, until it is closed. */
    public TaskFigures(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        tasks++;
        TaskMetrics metrics = end.taskMetrics();
        if (metrics != null) { // as after a lost executor
            shuffleBytesWritten += metrics.shuffleWriteMetrics().bytesWritten();
            shuffleBytesRead += metrics.shuffleReadMetrics().totalBytesRead();
            spilledBytes += metrics.diskBytesSpilled();
            taskMemory = Math.max(taskMemory, metrics.peakExecutionMemory());
        }
        see(end.taskExecutorMetrics());
    }

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        scala.jdk.javaapi.CollectionConverters.asJava(update.executorUpdates())
                .values()
                .forEach(this::see);
    }

    private void see(ExecutorMetrics metrics) {
        if (metrics != null) {
            executorHeap = Math.max(executorHeap, metrics.getMetricValue("JVMHeapMemory"));
        }
    }

    /**
     * Bytes of shuffles written and read by all tasks and spilled to disk; the most memory that Spark's own sorts and joins took in
     * one task; and the largest used heap of one executor, looked at when tasks end and at heartbeats (the driver's heap, where the
     * driver does the work). A task that ran twice counts twice.
     */
    public Map<String, Long> figures() {
        try {
            context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
        } catch (TimeoutException e) {
            Progress.line("the numbers of the last tasks did not arrive in %d ms".formatted(PATIENCE_MILLIS));
        }
        return counted();
    }

    private synchronized Map<String, Long> counted() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("tasks", tasks);
        figures.put("shuffle_bytes_written", shuffleBytesWritten);
        figures.put("shuffle_bytes_read", shuffleBytesRead);
        figures.put("spilled_bytes", spilledBytes);
        figures.put("peak_task_execution_bytes", taskMemory);
        figures.put("peak_executor_heap_bytes", executorHeap);
        return figures;
    }

    @Override
    public void close() {
        context.removeSparkListener(this);
    }
}
