package kindling.prep.read;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work on a record that may keep a parser busy for ever. It is done in another thread, since nothing else can be left
 * behind when it does not end; handing it over costs some ten microseconds.
 */
final class TimeLimit {
    static final int MAX_ABANDONED = 16; // threads that are late, in this process; each takes a core away

    private static final AtomicInteger ABANDONED = new AtomicInteger();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "kindling-extraction");
        thread.setDaemon(true);
        return thread;
    });

    private TimeLimit() {}

    /**
     * Does the work.
     *
     * @throws BadRecord {@code extraction_timeout} after so many milliseconds; {@code extraction_failed} when the work
     *     throws anything but a {@code BadRecord}, or runs out of stack or memory
     * @throws CancellationException when this thread is interrupted; so is the work then
     * @throws IllegalStateException when more than {@link #MAX_ABANDONED} threads are late
     */
    static <T> T within(long millis, Callable<T> work) throws BadRecord {
        AtomicBoolean over = new AtomicBoolean(); // set by whoever comes first: the work when it ends, or the deadline
        Future<T> result = THREADS.submit(() -> {
            try {
                return work.call();
            } finally {
                if (!over.compareAndSet(false, true)) {
                    ABANDONED.decrementAndGet();
                }
            }
        });
        try {
            return result.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandon(result, over);
            throw new BadRecord("extraction_timeout", "longer than max-extraction-millis, " + millis);
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a record was read");
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
    }

    /** How many threads are late now. */
    static int abandoned() {
        return ABANDONED.get();
    }

    private static void abandon(Future<?> result, AtomicBoolean over) {
        if (over.compareAndSet(false, true) && ABANDONED.incrementAndGet() > MAX_ABANDONED) {
            throw new IllegalStateException(
                    "%d records took longer than max-extraction-millis and still do".formatted(abandoned()));
        }
        result.cancel(true);
    }

    private static BadRecord failed(Throwable cause) {
        if (cause instanceof BadRecord bad) {
            return bad;
        }
        if (cause instanceof RuntimeException
                || cause instanceof StackOverflowError
                || cause instanceof OutOfMemoryError) {
            return new BadRecord("extraction_failed", cause.getClass().getSimpleName());
        }
        throw new IllegalStateException("a parser failed", cause);
    }
}
