package kindling.jobs.train;

import java.io.Serializable;
import java.util.function.LongUnaryOperator;
import kindling.model.Batch;
import kindling.model.train.Learner;
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
     * @param targets predicted tokens: the replica's weight in the mean
     * @param lossSum over the targets, nats
     * @param gradientNorm mean over the steps
     * @param seconds spent computing
     */
    record Measures(int replica, long tokens, long targets, double lossSum, double gradientNorm, double seconds)
            implements Serializable {}

    static Result run(Plan plan, long round, float[] theta, Replica replica, Examples examples) {
        long start = System.nanoTime();
        long first = plan.firstStep(round);
        long end = plan.firstStep(round + 1);
        LongUnaryOperator order = examples.order(plan.seed());
        Schedule schedule = plan.schedule();
        long tokens = 0;
        long targets = 0;
        double lossSum = 0;
        double norms = 0;
        try (Learner learner = new Learner(plan.model(), plan.optimiser(), plan.batchSize(), plan.length());
                Examples.Reader reader = examples.open()) {
            learner.parameters(theta);
            learner.moments(replica.firstMoments(), replica.secondMoments(), replica.step());
            for (long step = first; step < end; step++) {
                Batch batch = reader.batch(plan.numbers(order, step, replica.number()));
                Step made = learner.step(batch, schedule.rate(step));
                tokens += batch.inputs().length;
                targets += made.targets();
                lossSum += made.lossSum();
                norms += made.gradientNorm();
            }
            Replica next =
                    new Replica(replica.number(), learner.firstMoments(), learner.secondMoments(), learner.step());
            double seconds = (System.nanoTime() - start) / 1e9;
            Measures measures =
                    new Measures(replica.number(), tokens, targets, lossSum, norms / (end - first), seconds);
            return new Result(next, learner.parameters(), measures);
        }
    }
}
