package kindling.model.classify;

/**
 * How a classifier is trained.
 *
 * @param epochs passes over all examples, at least 1
 * @param batchSize examples a step, at least 1
 * @param learningRate of Adam, above 0
 * @param seed of the order in which examples are seen
 */
public record Training(int epochs, int batchSize, double learningRate, long seed) {
    public Training {
        require(epochs >= 1, "epochs must be >= 1, got " + epochs);
        require(batchSize >= 1, "batch size must be >= 1, got " + batchSize);
        require(
                learningRate > 0 && learningRate < 10,
                "learning rate must be above 0 and below 10, got " + learningRate);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
