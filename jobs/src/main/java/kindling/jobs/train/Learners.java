package kindling.jobs.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import kindling.model.train.Learner;

/**
 * Learners of this process between two rounds. Taking their memory anew costs 0.1 to 0.8 s a round for 14 M parameters (2 cores, Linux 6.18: the
 * kernel clears 440 MB of pages), as much as all else that is not computing. Nothing in a learner outlives a round: its parameters and
 * state are set at the start of each. One that nobody comes for in a minute gives its memory back.
 *
 * <p>Used on executors. The one of a process is static, as an executor's tasks share nothing else.
 */
final class Learners {
    private static final Learners HERE = new Learners();
    private static final long MOST_IDLE_SECONDS = 60;

    private final Deque<Idle> idle = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "kindling-idle-learners");
        thread.setDaemon(true);
        return thread;
    });

    private Learners() {}

    /** Learners of one kind can stand in for each other. */
    private record Kind(Plan plan, boolean gradients) {}

    private record Idle(Kind kind, Learner learner, long sinceNanos) {}

    /** Works with a learner for a replica's round. One whose work failed is not used again. */
    static <T> T with(Plan plan, long round, int replica, Function<Learner, T> work) {
        Kind kind = new Kind(plan, plan.averagesGradients(round));
        Learner waiting = HERE.take(kind);
        Learner learner = waiting == null ? plan.learner(round) : waiting;
        try {
            learner.seed(plan.seed(replica));
            T made = work.apply(learner);
            HERE.keep(kind, learner);
            return made;
        } catch (RuntimeException | Error e) {
            learner.close();
            throw e;
        }
    }

    /** Gives back the memory of all that wait. */
    static void release() {
        HERE.close(learner -> true);
    }

    /** Those of another kind make room. */
    private synchronized Learner take(Kind kind) {
        close(other -> !other.kind.equals(kind));
        Idle found = idle.pollFirst();
        return found == null ? null : found.learner;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private synchronized void keep(Kind kind, Learner learner) {
        Idle kept = new Idle(kind, learner, System.nanoTime());
        idle.addFirst(kept);
        timer.schedule(() -> close(kept::equals), MOST_IDLE_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void close(Predicate<Idle> some) {
        idle.removeIf(waiting -> {
            boolean closed = some.test(waiting);
            if (closed) {
                waiting.learner.close();
            }
            return closed;
        });
    }
}
