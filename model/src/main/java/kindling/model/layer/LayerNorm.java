package kindling.model.layer;

import java.util.Arrays;
import java.util.Optional;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * y = (x - mean) / sqrt(variance + epsilon) w + b over each row, variance divided by C (Ba, Kiros and Hinton, 2016).
 *
 * <p>N tokens, C width: x, y (N, C); w, b (C).
 */
final class LayerNorm implements Norm {

    private final Matrix weight;
    private final Matrix weightGradient;
    private final Optional<Matrix> bias;
    private final Optional<Matrix> biasGradient;
    private final int width;
    private final double epsilon;
    private final RowKernels kernels;
    /** (N, 2), what forward leaves for backward: mean and inverse deviation. */
    private final Matrix statistics;

    private final float[] statistic = new float[2];
    private final float[] w;
    private final float[] b;
    private final float[] dw;
    private final float[] db;
    private final float[] row;
    private final float[] dRow;
    private final float[] result;

    LayerNorm(
            TransformerConfig config,
            Parameters parameters,
            String name,
            Arena arena,
            int maxTokens,
            RowKernels kernels) {
        boolean biased = parameters.layout().has(Layout.bias(name));
        this.weight = parameters.value(Layout.weight(name));
        this.weightGradient = parameters.gradient(Layout.weight(name));
        this.bias = biased ? Optional.of(parameters.value(Layout.bias(name))) : Optional.empty();
        this.biasGradient = biased ? Optional.of(parameters.gradient(Layout.bias(name))) : Optional.empty();
        this.width = config.width();
        this.epsilon = config.normEpsilon();
        this.kernels = kernels;
        this.statistics = arena.matrix(maxTokens, 2);
        this.w = new float[width];
        this.b = new float[width];
        this.dw = new float[width];
        this.db = new float[width];
        this.row = new float[width];
        this.dRow = new float[width];
        this.result = new float[width];
    }

    @Override
    public void forward(Matrix x, Matrix y, int tokens) {
        weight.get(0, w);
        bias.ifPresent(values -> values.get(0, b));
        for (int t = 0; t < tokens; t++) {
            x.get(t, row);
            float mean = kernels.sum(row, 0, width) / width;
            float variance = kernels.squares(row, 0, width, mean) / width;
            float inverse = (float) (1 / Math.sqrt(variance + epsilon));
            kernels.normalise(row, width, mean, inverse, w, b);
            statistic[0] = mean;
            statistic[1] = inverse;
            statistics.put(t, statistic);
            y.put(t, row);
        }
    }

    /**
     * With h = (x - mean) inverse and g = dy w: dx += inverse (g - mean(g) - h mean(g h)), dw += dy h, db += dy.
     */
    @Override
    public void backward(Matrix x, Matrix dy, Matrix dx, int tokens) {
        weight.get(0, w);
        Arrays.fill(dw, 0f);
        Arrays.fill(db, 0f);
        for (int t = 0; t < tokens; t++) {
            x.get(t, row);
            dy.get(t, dRow);
            dx.get(t, result);
            statistics.get(t, statistic);
            kernels.normGradient(row, 0, dRow, 0, result, 0, w, dw, width, statistic[0], statistic[1], true, true);
            kernels.add(db, dRow, width);
            dx.put(t, result);
        }
        addTo(weightGradient, dw);
        biasGradient.ifPresent(gradient -> addTo(gradient, db));
    }

    private void addTo(Matrix gradient, float[] sum) {
        gradient.get(0, row);
        kernels.add(row, sum, width);
        gradient.put(0, row);
    }
}
