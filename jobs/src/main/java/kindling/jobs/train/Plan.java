package kindling.jobs.train;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.train.Learner;
import kindling.model.train.MemoryPlan;
import kindling.model.train.Part;
import kindling.model.train.Schedule;
import kindling.model.train.TrainerState;
import kindling.model.train.TrainingSettings;
import org.apache.spark.HashPartitioner;

/**
 * What a training run does, as it travels to executors. Everything here changes results; executors and cores do not.
 *
 * @param config the model's {@code config.json}
 * @param replicas k, copies of the model that train on shares of the data
 * @param steps of each replica in all
 * @param sequences that are read in all: a last batch may be shorter; {@link Long#MAX_VALUE} where steps alone count
 * @param batchSize B, sequences in a batch of a replica
 * @param length T, longest sequence
 * @param recipe how each replica learns
 * @param averaging how replicas stay one model
 */
public record Plan(
        String config,
        int replicas,
        long steps,
        long sequences,
        int batchSize,
        int length,
        TrainingRecipe recipe,
        Averaging averaging,
        long seed)
        implements Serializable {
    /** Odd, so that no two replicas have one seed: 2^64 divided by the golden ratio. */
    private static final long REPLICA_SEED = 0x9E3779B97F4A7C15L;

    /** The shape that is trained. */
    public TransformerConfig model() {
        return TransformerConfig.fromJson(config);
    }

    TrainingSettings settings() {
        return recipe.settings(seed);
    }

    /** A learner for any replica in a round. */
    Learner learner(long round) {
        return averagesGradients(round)
                ? Learner.forGradients(model(), settings(), batchSize, length)
                : new Learner(model(), settings(), batchSize, length);
    }

    /** Each replica drops other values. */
    long seed(int replica) {
        return settings().seed() + replica * REPLICA_SEED;
    }

    /** What a replica has before its first step: nothing, where moments come from averaged gradients. */
    TrainerState initialState() {
        return gradientSteps() > 0 ? new TrainerState(0, Map.of()) : TrainerState.initial(model(), settings());
    }

    /** Bytes outside the heap that a replica takes while it trains. */
    public MemoryPlan memory() {
        return gradientSteps() == steps
                ? MemoryPlan.ofGradients(model(), settings(), batchSize, length)
                : MemoryPlan.of(model(), settings(), batchSize, length);
    }

    Schedule schedule() {
        return recipe.schedule(steps);
    }

    /** Batches whose gradients make one step. */
    int accumulate() {
        return recipe.accumulate();
    }

    /** Steps at the start whose gradients are averaged, each a round of its own. */
    long gradientSteps() {
        return averaging.isGradient() ? steps : Math.min(steps, averaging.gradientSteps());
    }

    /** Whether a round is one step of averaged gradients; else it is local steps, after which parameters are averaged. */
    boolean averagesGradients(long round) {
        return round < gradientSteps();
    }

    /** Whether replicas start their local steps in this round, from the moments of averaged gradients. */
    boolean takesOver(long round) {
        return round > 0 && round == gradientSteps();
    }

    long rounds() {
        long local = steps - gradientSteps();
        return gradientSteps() + (local + averaging.localSteps() - 1) / averaging.localSteps();
    }

    /** First step of a round. */
    long firstStep(long round) {
        long gradients = gradientSteps();
        return round <= gradients ? round : Math.min(steps, gradients + (round - gradients) * averaging.localSteps());
    }

    /** Mean learning rate of a round's steps. */
    double meanRate(long round) {
        Schedule schedule = schedule();
        return LongStream.range(firstStep(round), firstStep(round + 1))
                .mapToDouble(schedule::rate)
                .average()
                .orElse(0);
    }

    /** Where a slice is summed and moved: in as many places for any number of executors. */
    HashPartitioner partitioner() {
        return new HashPartitioner(Math.min(parts().size(), replicas));
    }

    /** How θ is cut for the exchange, in as many parts for any number of executors. */
    List<Part> parts() {
        return Part.cut(model(), settings().optimiser(), Slices.MOST);
    }

    /**
     * The sequences of one batch of a step of a replica: neighbouring positions of the shuffled order, a replica's batches side by
     * side, replicas side by side. Where the data ends there are fewer, or none.
     */
    long[] numbers(LongUnaryOperator order, long step, int replica, int micro) {
        long from = ((step * replicas + replica) * recipe.accumulate() + micro) * batchSize;
        long[] numbers = new long[(int) Math.max(0, Math.min(batchSize, sequences - from))];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = order.applyAsLong(from + row);
        }
        return numbers;
    }

    /** What a position of the batch may attend to, as the recipe says; within documents, positions start anew in each. */
    Batch seen(Batch batch) {
        return recipe.withinDocuments() ? batch.withinDocuments(true) : batch;
    }
}
