package kindling.jobs.train;

import java.io.Serializable;
import kindling.model.train.Learner;
import kindling.model.train.Schedule;

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
     * @param targets tokens predicted: its weight in the mean
     * @param lossSum over them, nats
     * @param gradientNorm mean over the steps
     * @param seconds spent computing
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that pass from task to task: not copied
    record Result(Replica next, float[] parameters, long targets, double lossSum, double gradientNorm, double seconds)
            implements Serializable {
        Measures measures() {
            return new Measures(next.number(), targets, lossSum, gradientNorm, seconds);
        }
    }

    /** The numbers of a result, without its parameters. */
    record Measures(int replica, long targets, double lossSum, double gradientNorm, double seconds)
            implements Serializable {}

    static Result run(Plan plan, long round, float[] theta, Replica replica, Examples examples) {
        long start = System.nanoTime();
        long first = plan.firstStep(round);
        long end = plan.firstStep(round + 1);
        Order order = new Order(plan.seed(), examples.size());
        Schedule schedule = plan.schedule();
        long targets = 0;
        double lossSum = 0;
        double norms = 0;
        try (Learner learner = new Learner(plan.model(), plan.optimiser(), plan.batchSize(), plan.length());
                Examples.Reader reader = examples.open()) {
            learner.parameters(theta);
            learner.moments(replica.firstMoments(), replica.secondMoments(), replica.step());
            for (long step = first; step < end; step++) {
                var batch = reader.batch(plan.numbers(order, step, replica.number()));
                var made = learner.step(batch, schedule.rate(step));
                targets += made.targets();
                lossSum += made.lossSum();
                norms += made.gradientNorm();
            }
            Replica next =
                    new Replica(replica.number(), learner.firstMoments(), learner.secondMoments(), learner.step());
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(next, learner.parameters(), targets, lossSum, norms / (end - first), seconds);
        }
    }
}
