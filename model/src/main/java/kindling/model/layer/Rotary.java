package kindling.model.layer;

import kindling.model.TransformerConfig;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * Positions as rotations of queries and keys: pair i of a head turns by position * theta^(-2i/D) (Su et al., 2021,
 * "RoFormer"), pairs being halves of the head.
 */
final class Rotary {

    private final int half;
    private final int headDim;
    private final float[] cos;
    private final float[] sin;
    private final float[] row;
    private final RowKernels kernels;

    Rotary(TransformerConfig config, int maxPositions, RowKernels kernels) {
        this.headDim = config.headDim();
        this.half = headDim / 2;
        this.cos = new float[maxPositions * half];
        this.sin = new float[maxPositions * half];
        this.row = new float[config.queryWidth() + config.keyValueWidth()];
        this.kernels = kernels;
        for (int position = 0; position < maxPositions; position++) {
            for (int i = 0; i < half; i++) {
                double angle = position * StrictMath.pow(config.ropeTheta(), -2.0 * i / headDim);
                cos[position * half + i] = (float) StrictMath.cos(angle);
                sin[position * half + i] = (float) StrictMath.sin(angle);
            }
        }
    }

    /** Turns the queries and keys of each row of qkv to its position. */
    void forward(Matrix qkv, int[] positions, int tokens) {
        rotate(qkv, positions, tokens, 1f);
    }

    /** Turns their gradients back. */
    void backward(Matrix dQkv, int[] positions, int tokens) {
        rotate(dQkv, positions, tokens, -1f);
    }

    private void rotate(Matrix qkv, int[] positions, int tokens, float sign) {
        for (int t = 0; t < tokens; t++) {
            qkv.get(t, row);
            for (int head = 0; head < row.length; head += headDim) {
                kernels.rotate(row, head, half, cos, sin, positions[t] * half, sign);
            }
            qkv.put(t, row);
        }
    }
}
