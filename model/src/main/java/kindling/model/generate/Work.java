package kindling.model.generate;

import java.io.Serializable;

/**
 * What a generator has done so far.
 *
 * @param promptTokens ids of all prompts
 * @param prefixTokens those of them that were taken from a prefix which another prompt had as well
 * @param tokensRead tokens that went through the network
 * @param rowsMultiplied rows of the matrix products for them: tokens, and filling up to whole tiles
 */
public record Work(long promptTokens, long prefixTokens, long tokensRead, long rowsMultiplied) implements Serializable {
    /** Before anything was done. */
    public static final Work NONE = new Work(0, 0, 0, 0);

    /** What several have done. */
    public Work plus(Work other) {
        return new Work(
                promptTokens + other.promptTokens,
                prefixTokens + other.prefixTokens,
                tokensRead + other.tokensRead,
                rowsMultiplied + other.rowsMultiplied);
    }

    /** Share of the multiplied rows that nobody read, 0 ... 1. */
    public double paddingShare() {
        return rowsMultiplied == 0 ? 0 : 1 - (double) tokensRead / rowsMultiplied;
    }

    /** Share of the prompts' ids that were not computed again, 0 ... 1. */
    public double prefixShare() {
        return promptTokens == 0 ? 0 : (double) prefixTokens / promptTokens;
    }
}
