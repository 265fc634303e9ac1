package kindling.model.layer;

import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * Causal attention within each row of a batch, and its gradient: what training mixes with.
 *
 * <p>B rows, T positions, N = B T tokens.
 */
public final class SelfAttention implements Mixing {

    private final CausalAttention attention;
    private final int heads;
    private final int keyColumn;
    private final int valueColumn;
    private final float[][] logSums;
    private int rows;
    private int length;

    /** For batches of up to {@code maxTokens} tokens in rows of up to {@code maxLength}. */
    public SelfAttention(TransformerConfig config, Arena arena, int maxTokens, int maxLength, RowKernels kernels) {
        this.attention = new CausalAttention(config, arena, maxLength, kernels);
        this.heads = config.heads();
        this.keyColumn = config.queryWidth();
        this.valueColumn = config.queryWidth() + config.keyValueWidth();
        this.logSums = new float[config.layers()][maxTokens * heads];
    }

    /** Sets the shape of the batch that follows: B rows of T positions. */
    public void shape(int batchRows, int batchLength) {
        rows = batchRows;
        length = batchLength;
    }

    @Override
    public void mix(int layer, Matrix qkv, Matrix mixed, int tokens) {
        for (int b = 0; b < rows; b++) {
            long first = (long) b * length;
            attention.forward(
                    length,
                    length,
                    qkv,
                    qkv.at(first, 0),
                    qkv,
                    qkv.at(first, keyColumn),
                    qkv,
                    qkv.at(first, valueColumn),
                    mixed,
                    mixed.at(first, 0),
                    logSums[layer],
                    b * heads * length);
        }
    }

    /** dQkv from the gradient of what {@link #mix} gave for the same batch. */
    void backward(int layer, Matrix qkv, Matrix dMixed, Matrix dQkv) {
        for (int b = 0; b < rows; b++) {
            long first = (long) b * length;
            attention.backward(
                    length,
                    qkv,
                    qkv.at(first, 0),
                    qkv.at(first, keyColumn),
                    qkv.at(first, valueColumn),
                    dQkv,
                    dQkv.at(first, 0),
                    dQkv.at(first, keyColumn),
                    dQkv.at(first, valueColumn),
                    dMixed,
                    dMixed.at(first, 0),
                    logSums[layer],
                    b * heads * length);
        }
    }
}
