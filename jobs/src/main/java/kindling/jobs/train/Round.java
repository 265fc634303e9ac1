package kindling.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import kindling.model.Batch;
import kindling.model.train.Learner;
import kindling.model.train.Outcome;
import kindling.model.train.Schedule;
import kindling.model.train.Step;

/**
 * One replica's work between two averagings, a pure function: (θ, replica, data) to (θ_k, replica'). Runs on executors; run
 * again, it gives the same bits.
 */
final class Round {
    private Round() {}

    /**
     * What a replica made of a round.
     *
     * @param parameters θ_k
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that pass from task to task: not copied
    record Result(Replica next, float[] parameters, Measures measures) implements Serializable {}

    /**
     * The numbers of a replica's round.
     *
     * @param tokens read
     * @param targets predicted tokens of the steps that were not left out: the replica's weight in the mean
     * @param lossSum over the targets, nats
     * @param gradientNorm mean over those steps; not a number when there is none
     * @param skipped reasons of the steps that were left out, with their numbers
     * @param diverged whether no step had numbers that are finite
     * @param seconds spent computing
     */
    record Measures(
            int replica,
            long tokens,
            long targets,
            double lossSum,
            double gradientNorm,
            List<String> skipped,
            boolean diverged,
            double seconds)
            implements Serializable {}

    static Result run(Plan plan, long round, float[] theta, Replica replica, Examples examples) {
        long start = System.nanoTime();
        try (Learner learner = plan.learner(replica.number());
                Examples.Reader reader = examples.open()) {
            learner.parameters(theta);
            learner.state(replica.state());
            Sums sums = new Sums();
            train(plan, round, replica.number(), learner, reader, examples.order(plan.seed()), sums);
            Replica next = new Replica(replica.number(), learner.state());
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(next, learner.parameters(), sums.measures(replica.number(), seconds));
        }
    }

    private static void train(
            Plan plan,
            long round,
            int replica,
            Learner learner,
            Examples.Reader reader,
            LongUnaryOperator order,
            Sums sums) {
        Schedule schedule = plan.schedule();
        for (long step = plan.firstStep(round); step < plan.firstStep(round + 1); step++) {
            List<Batch> batches = new ArrayList<>();
            for (int micro = 0; micro < plan.accumulate(); micro++) {
                batches.add(plan.seen(reader.batch(plan.numbers(order, step, replica, micro))));
            }
            sums.add(step, batches, learner.step(batches, schedule.rate(step)));
        }
    }

    /** What adds up over a round. */
    private static final class Sums {
        private long counted;
        private long tokens;
        private boolean finite;
        private long targets;
        private double lossSum;
        private double norms;
        private final List<String> skipped = new ArrayList<>();

        /** A step that was left out taught nothing: only its tokens, which were read, and its reason count. */
        void add(long step, List<Batch> batches, Step made) {
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

        Measures measures(int replica, double seconds) {
            return new Measures(
                    replica, tokens, targets, lossSum, norms / counted, List.copyOf(skipped), !finite, seconds);
        }
    }
}
