package kindling.prep.clean;

import java.time.Duration;

/** Until when a page may be worked on. */
public final class Deadline {
    private static final int CALLS_PER_LOOK = 1024; // a look at the clock costs as much as some nodes of a page

    private final long nanos;
    private final long start = System.nanoTime();
    private int calls;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** Counts from now on. */
    public static Deadline in(Duration time) {
        return new Deadline(time.toNanos());
    }

    static Deadline never() {
        return new Deadline(Long.MAX_VALUE);
    }

    /** @throws Passed when the time is over */
    void look() {
        if (System.nanoTime() - start > nanos) {
            throw new Passed();
        }
    }

    /** For inner loops: looks at the clock once in a while. */
    void glance() {
        calls++;
        if (calls % CALLS_PER_LOOK == 0) {
            look();
        }
    }

    /** The time was over before the page was read. */
    public static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Passed() {
            super("time over", null, false, false);
        }
    }
}
