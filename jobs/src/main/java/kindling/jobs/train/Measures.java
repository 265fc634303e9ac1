package kindling.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import kindling.model.Batch;
import kindling.model.train.Outcome;
import kindling.model.train.Step;

/**
 * The numbers of a replica's round.
 *
 * @param tokens read
 * @param targets predicted tokens of the steps that were made: the replica's weight in the mean
 * @param lossSum over those targets, nats
 * @param gradientNorm mean over those steps; not a number when there is none
 * @param skipped reasons of the steps that were left out, with their numbers
 * @param diverged whether there were steps and none had numbers that are finite
 * @param work where and when
 */
record Measures(
        int replica,
        long tokens,
        long targets,
        double lossSum,
        double gradientNorm,
        List<String> skipped,
        boolean diverged,
        Work work)
        implements Serializable {

    /**
     * When a task worked, by its machine's clock.
     *
     * @param fetchSeconds until θ was there
     * @param computeSeconds of steps
     * @param writeSeconds in which the contribution was written
     * @param bytes of the contribution
     * @param energy that the task took
     */
    record Work(
            String executor,
            long startMillis,
            long endMillis,
            double fetchSeconds,
            double computeSeconds,
            double writeSeconds,
            long bytes,
            Energy.Spent energy)
            implements Serializable {}

    Measures with(Work done) {
        return new Measures(replica, tokens, targets, lossSum, gradientNorm, skipped, diverged, done);
    }

    /** What adds up over a round. */
    static final class Sums {
        private long asked;
        private long counted;
        private long tokens;
        private boolean finite;
        private long targets;
        private double lossSum;
        private double norms;
        private final List<String> skipped = new ArrayList<>();

        /** A step that was left out taught nothing: only its tokens, which were read, and its reason count. */
        void add(long step, List<Batch> batches, Step made) {
            if (batches.isEmpty()) {
                return; // the data ended before this replica's turn
            }
            asked++;
            batches.forEach(batch -> tokens += batch.inputs().length);
            finite |= Double.isFinite(made.lossSum()) && Double.isFinite(made.gradientNorm());
            if (made.outcome() instanceof Outcome.Skipped reason) {
                skipped.add("step %d: %s".formatted(step, reason.reason()));
                return;
            }
            counted++;
            targets += made.targets();
            lossSum += made.lossSum();
            norms += made.gradientNorm();
        }

        /** Predicted tokens of the steps that were made. */
        long targets() {
            return targets;
        }

        Measures measures(int replica) {
            return new Measures(
                    replica,
                    tokens,
                    targets,
                    lossSum,
                    norms / counted,
                    List.copyOf(skipped),
                    asked > 0 && !finite,
                    null);
        }
    }
}
