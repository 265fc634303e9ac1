package kindling.jobs.train;

import java.io.Serializable;
import java.util.function.LongUnaryOperator;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.train.Learner;
import kindling.model.train.MemoryPlan;
import kindling.model.train.Schedule;
import kindling.model.train.TrainerState;
import kindling.model.train.TrainingSettings;

/**
 * What a training run does, as it travels to executors. Everything here changes results; executors and cores do not.
 *
 * @param config the model's {@code config.json}
 * @param replicas k, copies of the model that train on shares of the data
 * @param localSteps H, steps of each replica between two averagings
 * @param steps of each replica in all
 * @param batchSize B, sequences in a batch of a replica
 * @param length T, longest sequence
 * @param recipe how each replica learns
 */
public record Plan(
        String config,
        int replicas,
        int localSteps,
        long steps,
        int batchSize,
        int length,
        TrainingRecipe recipe,
        String strategy,
        long seed)
        implements Serializable {
    /** Odd, so that no two replicas have one seed: 2^64 divided by the golden ratio. */
    private static final long REPLICA_SEED = 0x9E3779B97F4A7C15L;

    TransformerConfig model() {
        return TransformerConfig.fromJson(config);
    }

    TrainingSettings settings() {
        return recipe.settings(seed);
    }

    /** A replica's learner; each drops other values. */
    Learner learner(int replica) {
        TrainingSettings settings = settings();
        return new Learner(model(), settings.withSeed(settings.seed() + replica * REPLICA_SEED), batchSize, length);
    }

    /** What a learner has before its first step. */
    TrainerState initialState() {
        return TrainerState.initial(model(), settings());
    }

    /** Bytes outside the heap that a replica takes while it trains. */
    public MemoryPlan memory() {
        return MemoryPlan.of(model(), settings(), batchSize, length);
    }

    Schedule schedule() {
        return recipe.schedule(steps);
    }

    /** Batches whose gradients make one step. */
    int accumulate() {
        return recipe.accumulate();
    }

    long rounds() {
        return (steps + localSteps - 1) / localSteps;
    }

    /** First step of a round. */
    long firstStep(long round) {
        return Math.min(steps, round * localSteps);
    }

    /**
     * The sequences of one batch of a step of a replica: neighbouring positions of the shuffled order, a replica's batches side by
     * side, replicas side by side.
     */
    long[] numbers(LongUnaryOperator order, long step, int replica, int micro) {
        long[] numbers = new long[batchSize];
        long from = ((step * replicas + replica) * recipe.accumulate() + micro) * batchSize;
        for (int row = 0; row < batchSize; row++) {
            numbers[row] = order.applyAsLong(from + row);
        }
        return numbers;
    }

    /** What a position of the batch may attend to, as the recipe says; within documents, positions start anew in each. */
    Batch seen(Batch batch) {
        return recipe.withinDocuments() ? batch.withinDocuments(true) : batch;
    }
}
