package kindling.model.layer;

import java.util.Optional;
import kindling.model.Layout;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * y = x W^T + b.
 *
 * <p>N tokens, I inputs, O outputs: x (N, I), W (O, I), b (O), y (N, O).
 */
final class Linear {

    private final Matrix weight;
    private final Matrix weightGradient;
    private final Optional<Matrix> bias;
    private final Optional<Matrix> biasGradient;
    private final int in;
    private final int out;
    private final RowKernels kernels;
    private final Matrix ones;
    private final float[] biasRow;
    private final float[] row;

    /**
     * @param ones as many as there may be tokens, filled before the first backward
     */
    Linear(Parameters parameters, String name, RowKernels kernels, Matrix ones) {
        Layout layout = parameters.layout();
        boolean biased = layout.has(Layout.bias(name));
        this.weight = parameters.value(Layout.weight(name));
        this.weightGradient = parameters.gradient(Layout.weight(name));
        this.bias = biased ? Optional.of(parameters.value(Layout.bias(name))) : Optional.empty();
        this.biasGradient = biased ? Optional.of(parameters.gradient(Layout.bias(name))) : Optional.empty();
        this.in = weight.columns();
        this.out = layout.get(Layout.weight(name)).shape().get(0);
        this.kernels = kernels;
        this.ones = ones;
        this.biasRow = new float[out];
        this.row = new float[out];
    }

    /** y = x W^T + b. */
    void forward(Matrix x, Matrix y, int tokens) {
        if (bias.isEmpty()) {
            Gemm.nt(tokens, out, in, 1, x, x.at(0, 0), weight, weight.at(0, 0), 0, y, y.at(0, 0));
            return;
        }
        bias.get().get(0, biasRow);
        for (int t = 0; t < tokens; t++) {
            y.put(t, biasRow);
        }
        Gemm.nt(tokens, out, in, 1, x, x.at(0, 0), weight, weight.at(0, 0), 1, y, y.at(0, 0)); // (N, I) -> (N, O)
    }

    /** y = residual + x W^T + b; y may be the residual itself. */
    void addTo(Matrix residual, Matrix x, Matrix y, int tokens) {
        if (bias.isPresent()) {
            bias.get().get(0, biasRow);
            for (int t = 0; t < tokens; t++) {
                residual.get(t, row);
                kernels.add(row, biasRow, out);
                y.put(t, row);
            }
        } else if (!y.equals(residual)) {
            y.copy(residual, tokens);
        }
        Gemm.nt(tokens, out, in, 1, x, x.at(0, 0), weight, weight.at(0, 0), 1, y, y.at(0, 0)); // (N, I) -> (N, O)
    }

    /** dx = dy W, dW += dy^T x, db += sum of dy over tokens. */
    void backward(Matrix x, Matrix dy, Matrix dx, int tokens) {
        Gemm.nn(tokens, in, out, 1, dy, dy.at(0, 0), weight, weight.at(0, 0), 0, dx, dx.at(0, 0)); // (N, O) -> (N, I)
        Gemm.tn(out, in, tokens, 1, dy, dy.at(0, 0), x, x.at(0, 0), 1, weightGradient, weightGradient.at(0, 0));
        if (biasGradient.isPresent()) {
            Gemm.addRows(tokens, out, dy, ones, biasGradient.get());
        }
    }
}
