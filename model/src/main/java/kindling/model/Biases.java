package kindling.model;

/**
 * Which parts of a model add a learned constant.
 *
 * @param norms layer norms
 * @param qkv projections to queries, keys and values
 * @param attentionOutput projection of what attention mixed
 * @param mlp both projections of the feed-forward network
 */
public record Biases(boolean norms, boolean qkv, boolean attentionOutput, boolean mlp) {

    /** Everywhere, as in GPT-2. */
    public static Biases all() {
        return new Biases(true, true, true, true);
    }

    /** Nowhere, as in Llama. */
    public static Biases none() {
        return new Biases(false, false, false, false);
    }

    /** On queries, keys and values only, as in Qwen 2. */
    public static Biases ofQueriesKeysValues() {
        return new Biases(false, true, false, false);
    }
}
