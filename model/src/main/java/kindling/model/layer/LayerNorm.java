package kindling.model.layer;

import java.util.Arrays;
import java.util.Optional;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
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
    // What forward leaves for backward, one of each per token.
    private final float[] mean;
    private final float[] inverse;
    private final float[] w;
    private final float[] b;
    private final float[] dw;
    private final float[] db;
    private final float[] row;
    private final float[] dRow;

    LayerNorm(TransformerConfig config, Parameters parameters, String name, int maxTokens, RowKernels kernels) {
        boolean biased = parameters.layout().has(Layout.bias(name));
        this.weight = parameters.value(Layout.weight(name));
        this.weightGradient = parameters.gradient(Layout.weight(name));
        this.bias = biased ? Optional.of(parameters.value(Layout.bias(name))) : Optional.empty();
        this.biasGradient = biased ? Optional.of(parameters.gradient(Layout.bias(name))) : Optional.empty();
        this.width = config.width();
        this.epsilon = config.normEpsilon();
        this.kernels = kernels;
        this.mean = new float[maxTokens];
        this.inverse = new float[maxTokens];
        this.w = new float[width];
        this.b = new float[width];
        this.dw = new float[width];
        this.db = new float[width];
        this.row = new float[width];
        this.dRow = new float[width];
    }

    @Override
    public void forward(Matrix x, Matrix y, int tokens) {
        weight.get(0, w);
        bias.ifPresent(values -> values.get(0, b));
        for (int t = 0; t < tokens; t++) {
            x.get(t, row);
            mean[t] = kernels.sum(row, 0, width) / width;
            centre(row, mean[t]);
            float variance = kernels.dot(row, 0, row, 0, width) / width;
            float factor = (float) (1 / Math.sqrt(variance + epsilon));
            for (int i = 0; i < width; i++) {
                row[i] = row[i] * factor * w[i] + b[i];
            }
            inverse[t] = factor;
            y.put(t, row);
        }
    }

    private static void centre(float[] row, float mean) {
        for (int i = 0; i < row.length; i++) {
            row[i] -= mean;
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
            normalise(row, mean[t], inverse[t]);
            for (int i = 0; i < width; i++) {
                dw[i] += dRow[i] * row[i];
            }
            kernels.add(db, dRow, width);
            for (int i = 0; i < width; i++) {
                dRow[i] *= w[i];
            }
            float meanG = kernels.sum(dRow, 0, width) / width;
            float meanGh = kernels.dot(dRow, 0, row, 0, width) / width;
            float factor = inverse[t];
            for (int i = 0; i < width; i++) {
                dRow[i] = factor * (dRow[i] - meanG - row[i] * meanGh);
            }
            dx.get(t, row);
            kernels.add(row, dRow, width);
            dx.put(t, row);
        }
        addTo(weightGradient, dw);
        biasGradient.ifPresent(gradient -> addTo(gradient, db));
    }

    private static void normalise(float[] row, float mean, float inverse) {
        for (int i = 0; i < row.length; i++) {
            row[i] = (row[i] - mean) * inverse;
        }
    }

    private void addTo(Matrix gradient, float[] sum) {
        gradient.get(0, row);
        kernels.add(row, sum, width);
        gradient.put(0, row);
    }
}
