package kindling.jobs.train;

import java.io.Serializable;
import java.util.function.LongUnaryOperator;
import kindling.model.TransformerConfig;
import kindling.model.train.AdamW;
import kindling.model.train.Schedule;

/**
 * What a training run does, as it travels to executors. Everything here changes results; executors and cores do not.
 *
 * @param config the model's {@code config.json}
 * @param replicas k, copies of the model that train on shares of the data
 * @param localSteps H, steps of each replica between two averagings
 * @param steps of each replica in all
 * @param batchSize B, sequences in a replica's step
 * @param length T, longest sequence
 * @param peak highest learning rate
 * @param warmup steps to it
 */
public record Plan(
        String config,
        int replicas,
        int localSteps,
        long steps,
        int batchSize,
        int length,
        double peak,
        long warmup,
        double weightDecay,
        String strategy,
        long seed)
        implements Serializable {
    TransformerConfig model() {
        return TransformerConfig.fromJson(config);
    }

    AdamW optimiser() {
        return AdamW.defaults().withWeightDecay(weightDecay);
    }

    /** Linear warm-up, then half a cosine down to a tenth of the peak. */
    Schedule schedule() {
        return new Schedule(peak, peak / 10, Math.min(warmup, Math.max(0, steps - 1)), Math.max(1, steps));
    }

    long rounds() {
        return (steps + localSteps - 1) / localSteps;
    }

    /** First step of a round. */
    long firstStep(long round) {
        return Math.min(steps, round * localSteps);
    }

    /** The sequences of one step of a replica: neighbouring positions of the shuffled order, replicas side by side. */
    long[] numbers(LongUnaryOperator order, long step, int replica) {
        long[] numbers = new long[batchSize];
        long from = (step * replicas + replica) * batchSize;
        for (int row = 0; row < batchSize; row++) {
            numbers[row] = order.applyAsLong(from + row);
        }
        return numbers;
    }
}
