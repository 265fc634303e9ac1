package kindling.model.train;

import java.util.List;
import kindling.model.Batch;
import kindling.model.TransformerConfig;

/**
 * What a learner takes: batches of up to {@code rows} rows of {@code length} positions, with targets of the vocabulary.
 */
record Limits(TransformerConfig config, int rows, int length) {

    /** What one array of ids holds. */
    private static final int MOST_TOKENS = Integer.MAX_VALUE - 8;

    Limits {
        if (rows < 1 || length < 1 || length > config.contextLength()) {
            throw new IllegalArgumentException("a learner needs rows >= 1 of 1.." + config.contextLength()
                    + " positions (the model's context), got " + rows + " x " + length);
        }
        if ((long) rows * length > MOST_TOKENS) {
            throw new IllegalArgumentException("a batch may have at most " + MOST_TOKENS + " tokens, got " + rows
                    + " x " + length + ": lower the batch size or the sequence length");
        }
    }

    int tokens() {
        return rows * length;
    }

    /**
     * The number of targets of all batches.
     *
     * @throws IllegalArgumentException as {@link #require}
     */
    int targets(List<Batch> batches) {
        int targets = 0;
        for (int i = 0; i < batches.size(); i++) {
            require(batches.get(i));
            targets = Math.addExact(targets, batches.get(i).targetCount());
        }
        return targets;
    }

    /**
     * @throws IllegalArgumentException when the batch is larger, or a target is not in the vocabulary
     */
    void require(Batch batch) {
        if (batch.rows() > rows || batch.length() > length) {
            throw new IllegalArgumentException("the batch is " + batch.rows() + " x " + batch.length()
                    + ", this learner was planned for " + rows + " x " + length);
        }
        for (int target : batch.targets()) {
            if (target != Batch.IGNORED && (target < 0 || target >= config.vocabularySize())) {
                throw new IllegalArgumentException("target must be " + Batch.IGNORED + " (ignored) or 0.."
                        + (config.vocabularySize() - 1) + ", got " + target);
            }
        }
    }
}
