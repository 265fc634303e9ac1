package kindling.model.layer;

import java.util.Arrays;
import java.util.Optional;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * RMS norm of every head of the queries, and of the keys, each with one weight for all its heads (Henry et al., 2020,
 * "Query-Key Normalization", in the form of Qwen 3).
 *
 * <p>N tokens, H query heads, K key heads, D head width: qkv (N, (H + 2K) D), of which the first (H + K) D columns are normed
 * in place; what they were is kept for backward, raw (N, (H + K) D).
 */
final class HeadNorm {

    private final Matrix queryWeight;
    private final Matrix queryGradient;
    private final Matrix keyWeight;
    private final Matrix keyGradient;
    private final int heads;
    private final int headDim;
    private final double epsilon;
    private final RowKernels kernels;
    private final float[] row;
    private final float[] dRow;
    private final float[] wq;
    private final float[] wk;
    private final float[] dwq;
    private final float[] dwk;

    private HeadNorm(TransformerConfig config, Parameters parameters, int layer, RowKernels kernels) {
        String query = Layout.weight(Layout.attention(layer, Layout.QUERY_NORM));
        String key = Layout.weight(Layout.attention(layer, Layout.KEY_NORM));
        this.queryWeight = parameters.value(query);
        this.queryGradient = parameters.gradient(query);
        this.keyWeight = parameters.value(key);
        this.keyGradient = parameters.gradient(key);
        this.heads = config.heads();
        this.headDim = config.headDim();
        this.epsilon = config.normEpsilon();
        this.kernels = kernels;
        this.row = new float[config.queryWidth() + config.keyValueWidth()];
        this.dRow = new float[row.length];
        this.wq = new float[headDim];
        this.wk = new float[headDim];
        this.dwq = new float[headDim];
        this.dwk = new float[headDim];
    }

    /** The norm of a layer, where the shape has one. */
    static Optional<HeadNorm> of(TransformerConfig config, Parameters parameters, int layer, RowKernels kernels) {
        return config.queryKeyNorm() ? Optional.of(new HeadNorm(config, parameters, layer, kernels)) : Optional.empty();
    }

    /** Norms the queries and keys of qkv, and keeps what they were in raw. */
    void forward(Matrix qkv, Matrix raw, int tokens) {
        queryWeight.get(0, wq);
        keyWeight.get(0, wk);
        for (int t = 0; t < tokens; t++) {
            qkv.get(t, row);
            raw.put(t, row);
            for (int at = 0; at < row.length; at += headDim) {
                kernels.multiply(row, at, weights(at), 0, headDim, inverse(at));
            }
            qkv.put(t, row);
        }
    }

    /** Turns the gradients of normed queries and keys, in dQkv, into those of raw ones. */
    void backward(Matrix raw, Matrix dQkv, int tokens) {
        queryWeight.get(0, wq);
        keyWeight.get(0, wk);
        Arrays.fill(dwq, 0f);
        Arrays.fill(dwk, 0f);
        for (int t = 0; t < tokens; t++) {
            raw.get(t, row);
            dQkv.get(t, dRow);
            for (int at = 0; at < row.length; at += headDim) {
                float[] dw = isQuery(at) ? dwq : dwk;
                kernels.normGradient(
                        row, at, dRow, at, dRow, at, weights(at), dw, headDim, 0, inverse(at), false, false);
            }
            dQkv.put(t, dRow);
        }
        addTo(queryGradient, dwq, wq);
        addTo(keyGradient, dwk, wk);
    }

    private float inverse(int at) {
        float meanSquare = kernels.dot(row, at, row, at, headDim) / headDim;
        return (float) (1 / Math.sqrt(meanSquare + epsilon));
    }

    private boolean isQuery(int at) {
        return at < heads * headDim;
    }

    private float[] weights(int at) {
        return isQuery(at) ? wq : wk;
    }

    private void addTo(Matrix gradient, float[] sum, float[] scratch) {
        gradient.get(0, scratch);
        kernels.add(scratch, sum, headDim);
        gradient.put(0, scratch);
    }
}
