package kindling.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongUnaryOperator;
import kindling.jobs.examples.Examples;
import kindling.model.Batch;

/** A replica's batches of a round, read one step ahead by a thread of their own: far storage answers while the model computes. */
final class Batches implements AutoCloseable {
    private final Plan plan;
    private final int replica;
    private final long end;
    private final LongUnaryOperator order;
    private final Examples.Reader reader;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "kindling-read-ahead");
        thread.setDaemon(true);
        return thread;
    });

    private long step;
    private CompletableFuture<List<Batch>> next;

    Batches(Plan plan, long round, int replica, Examples examples) {
        this.plan = plan;
        this.replica = replica;
        this.step = plan.firstStep(round);
        this.end = plan.firstStep(round + 1);
        this.order = examples.order(plan.seed());
        this.reader = examples.open();
        this.next = ask();
    }

    private CompletableFuture<List<Batch>> ask() {
        long asked = step;
        return asked == end
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(() -> read(asked), ahead);
    }

    private List<Batch> read(long asked) {
        List<Batch> batches = new ArrayList<>();
        for (int micro = 0; micro < plan.accumulate(); micro++) {
            long[] numbers = plan.numbers(order, asked, replica, micro);
            if (numbers.length > 0) {
                batches.add(plan.seen(reader.batch(numbers)));
            }
        }
        return batches;
    }

    boolean hasNext() {
        return step < end;
    }

    /** The step whose batches come next. */
    long step() {
        return step;
    }

    /** The batches of a step; fewer, and shorter ones, at the end of the data. */
    List<Batch> next() {
        try {
            List<Batch> batches = next.join();
            step++;
            next = ask();
            return batches;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Ends the thread, then the reader that it used. */
    @Override
    public void close() {
        next.exceptionally(failure -> List.of()).join();
        ahead.shutdown();
        reader.close();
    }
}
