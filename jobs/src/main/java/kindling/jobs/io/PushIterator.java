package kindling.jobs.io;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Turns a source that pushes values into an iterator that Spark pulls from, with a bounded weight of values between them: a file
 * of any size is read in constant memory. The source runs in a thread of its own, which ends with the task. Small values are
 * handed over many at a time, because a hand-over costs as much as reading a short record.
 */
public final class PushIterator<T> implements Iterator<T> {
    private static final int AHEAD = 2; // batches; one to work on while the next is made
    private static final long BATCH = 1 << 18; // weight; a quarter of a million characters take a millisecond to read

    private final BlockingQueue<List<T>> queue = new ArrayBlockingQueue<>(AHEAD);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ToLongFunction<T> weight;
    private final Thread producer;
    private List<T> made = new ArrayList<>();
    private long madeWeight;
    private Iterator<T> current = List.<T>of().iterator();
    private boolean ended;

    /** @param weight of one value, roughly in characters */
    public PushIterator(Consumer<Consumer<T>> source, ToLongFunction<T> weight) {
        this.weight = weight;
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
            handOver();
            queue.put(List.of()); // the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The task that pulls is over. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void put(T value) {
        made.add(value);
        madeWeight += weight.applyAsLong(value);
        if (madeWeight >= BATCH) {
            try {
                handOver();
            } catch (InterruptedException e) {
                throw new Stopped();
            }
        }
    }

    private void handOver() throws InterruptedException {
        if (!made.isEmpty()) {
            queue.put(made);
            made = new ArrayList<>();
            madeWeight = 0;
        }
    }

    @Override
    public boolean hasNext() {
        if (!current.hasNext() && !ended) {
            try {
                List<T> batch = queue.take();
                ended = batch.isEmpty();
                current = batch.iterator();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while reading", e);
            }
        }
        if (ended && failure.get() != null) {
            throw new IllegalStateException("reading failed", failure.get());
        }
        return !ended;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
