package kindling.model.layer;

import java.util.Arrays;
import java.util.Optional;
import kindling.model.Positions;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * Positions as rotations of queries and keys: pair i of a head turns by position * theta^(-2i/D) (Su et al., 2021,
 * "RoFormer"), pairs being halves of the head.
 */
final class Rotary {

    private static final int FEWEST_POSITIONS = 64;

    private final Positions.Rotary positions;
    private final int half;
    private final int headDim;
    private final float[] row;
    private final RowKernels kernels;
    // (positions seen so far, D/2): a context of 131,072 positions is rarely used to its end.
    private float[] cos = {};
    private float[] sin = {};

    private Rotary(TransformerConfig config, Positions.Rotary positions, RowKernels kernels) {
        this.positions = positions;
        this.headDim = config.headDim();
        this.half = headDim / 2;
        this.row = new float[config.queryWidth() + config.keyValueWidth()];
        this.kernels = kernels;
    }

    /** The rotation of a model, where its positions are rotations. */
    static Optional<Rotary> of(TransformerConfig config, RowKernels kernels) {
        return config.positions() instanceof Positions.Rotary rotary
                ? Optional.of(new Rotary(config, rotary, kernels))
                : Optional.empty();
    }

    private void reach(int position) {
        int from = cos.length / half;
        if (position < from) {
            return;
        }
        int to = Math.max(FEWEST_POSITIONS, Integer.highestOneBit(position) * 2);
        cos = Arrays.copyOf(cos, to * half);
        sin = Arrays.copyOf(sin, to * half);
        for (int i = 0; i < half; i++) {
            double frequency = positions.frequency(i, headDim);
            for (int p = from; p < to; p++) {
                cos[p * half + i] = (float) StrictMath.cos(p * frequency);
                sin[p * half + i] = (float) StrictMath.sin(p * frequency);
            }
        }
    }

    /** Turns the queries and keys of each row of qkv to its position. */
    void forward(Matrix qkv, int[] places, int tokens) {
        rotate(qkv, places, tokens, 1f);
    }

    /** Turns their gradients back. */
    void backward(Matrix dQkv, int[] places, int tokens) {
        rotate(dQkv, places, tokens, -1f);
    }

    private void rotate(Matrix qkv, int[] places, int tokens, float sign) {
        for (int t = 0; t < tokens; t++) {
            reach(places[t]);
            qkv.get(t, row);
            for (int head = 0; head < row.length; head += headDim) {
                kernels.rotate(row, head, half, cos, sin, places[t] * half, sign);
            }
            qkv.put(t, row);
        }
    }
}
