package kindling.jobs.score;

import java.io.Serializable;

/**
 * A model's loss over token shards.
 *
 * @param lossSum nats
 * @param targets ids that were predicted
 * @param bytes of UTF-8 that those ids stand for
 */
public record ShardLoss(double lossSum, long targets, long bytes) implements Serializable {
    static final ShardLoss NONE = new ShardLoss(0, 0, 0);

    ShardLoss plus(ShardLoss other) {
        return new ShardLoss(lossSum + other.lossSum, targets + other.targets, bytes + other.bytes);
    }

    /** Nats for an id. */
    public double mean() {
        return lossSum / Math.max(1, targets);
    }

    /** e to the mean: among how many equally likely ids the model seems to choose. */
    public double perplexity() {
        return Math.exp(mean());
    }

    /** Bits that the model needs for a byte of the text: a figure that models with different tokenizers are compared by. */
    public double bitsPerByte() {
        return lossSum / Math.log(2) / Math.max(1, bytes);
    }
}
