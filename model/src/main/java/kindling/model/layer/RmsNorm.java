package kindling.model.layer;

import java.util.Arrays;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * y = x / sqrt(mean(x^2) + epsilon) w over each row (Zhang and Sennrich, 2019).
 *
 * <p>N tokens, C width: x, y (N, C); w (C).
 */
final class RmsNorm implements Norm {

    private final Matrix weight;
    private final Matrix weightGradient;
    private final int width;
    private final double epsilon;
    private final RowKernels kernels;
    /** (N, 1), what forward leaves for backward. */
    private final Matrix inverses;

    private final float[] inverse = new float[1];
    private final float[] w;
    private final float[] dw;
    private final float[] row;
    private final float[] dRow;
    private final float[] result;

    RmsNorm(
            TransformerConfig config,
            Parameters parameters,
            String name,
            Arena arena,
            int maxTokens,
            RowKernels kernels) {
        this.weight = parameters.value(Layout.weight(name));
        this.weightGradient = parameters.gradient(Layout.weight(name));
        this.width = config.width();
        this.epsilon = config.normEpsilon();
        this.kernels = kernels;
        this.inverses = arena.matrix(maxTokens, 1);
        this.w = new float[width];
        this.dw = new float[width];
        this.row = new float[width];
        this.dRow = new float[width];
        this.result = new float[width];
    }

    @Override
    public void forward(Matrix x, Matrix y, int tokens) {
        weight.get(0, w);
        for (int t = 0; t < tokens; t++) {
            x.get(t, row);
            float meanSquare = kernels.dot(row, 0, row, 0, width) / width;
            float factor = (float) (1 / Math.sqrt(meanSquare + epsilon));
            kernels.multiply(row, 0, w, 0, width, factor);
            inverse[0] = factor;
            inverses.put(t, inverse);
            y.put(t, row);
        }
    }

    /** With h = x inverse and g = dy w: dx += inverse (g - h mean(g h)), dw += dy h. */
    @Override
    public void backward(Matrix x, Matrix dy, Matrix dx, int tokens) {
        weight.get(0, w);
        Arrays.fill(dw, 0f);
        for (int t = 0; t < tokens; t++) {
            x.get(t, row);
            dy.get(t, dRow);
            dx.get(t, result);
            inverses.get(t, inverse);
            kernels.normGradient(row, 0, dRow, 0, result, 0, w, dw, width, 0, inverse[0], false, true);
            dx.put(t, result);
        }
        weightGradient.get(0, row);
        kernels.add(row, dw, width);
        weightGradient.put(0, row);
    }
}
