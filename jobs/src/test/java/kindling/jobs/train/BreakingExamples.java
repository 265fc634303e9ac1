package kindling.jobs.train;

import java.util.concurrent.atomic.AtomicInteger;
import kindling.jobs.examples.Examples;

/** Examples whose reader cannot be opened after some times, as when storage goes away in the middle of a run. */
record BreakingExamples(Examples whole, int opens) implements Examples {
    private static final AtomicInteger OPENED = new AtomicInteger();

    static BreakingExamples after(int opens, Examples whole) {
        OPENED.set(0);
        return new BreakingExamples(whole, opens);
    }

    @Override
    public long size() {
        return whole.size();
    }

    @Override
    public Reader open() {
        if (OPENED.incrementAndGet() > opens) {
            throw new IllegalStateException("the storage is gone");
        }
        return whole.open();
    }
}
