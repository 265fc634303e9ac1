package kindling.jobs.io;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Turns a source that pushes values into an iterator that Spark pulls from, with a bounded number of values between them: a file
 * of any size is read in constant memory. The source runs in a thread of its own, which ends with the task.
 */
public final class PushIterator<T> implements Iterator<T> {
    private static final int AHEAD = 64; // values; enough to keep both sides busy, few enough for records of megabytes

    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(AHEAD);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread producer;
    private Object next;

    private static final Object END = new Object();

    public PushIterator(Consumer<Consumer<T>> source) {
        producer = new Thread(() -> produce(source), "kindling-reader");
        producer.setDaemon(true);
        producer.start();
        if (TaskContext.get() != null) {
            TaskCompletionListener stop = context -> producer.interrupt();
            TaskContext.get().addTaskCompletionListener(stop);
        }
    }

    private void produce(Consumer<Consumer<T>> source) {
        try {
            source.accept(this::put);
        } catch (Stopped e) {
            return;
        } catch (Throwable e) {
            failure.set(e);
        }
        try {
            queue.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The task that pulls is over. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void put(T value) {
        try {
            queue.put(value);
        } catch (InterruptedException e) {
            throw new Stopped();
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = queue.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while reading", e);
            }
        }
        if (next == END && failure.get() != null) {
            throw new IllegalStateException("reading failed", failure.get());
        }
        return next != END;
    }

    @Override
    @SuppressWarnings("unchecked") // the queue holds what put() was given, and END, which hasNext() stops at
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T value = (T) next;
        next = null;
        return value;
    }
}
