package kindling.model.layer;

import java.util.Optional;
import kindling.model.Layout;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.PackedMatrix;
import kindling.model.tensor.Panels;
import kindling.model.tensor.RowKernels;

/**
 * y = x W^T + b.
 *
 * <p>N tokens, I inputs, O outputs: x (N, I), W (O, I), b (O), y (N, O). Training multiplies by OpenBLAS; a model that is only
 * read by {@link Panels}, whose bits do not depend on N.
 */
final class Linear {

    private final Matrix weight;
    private final Optional<PackedMatrix> packed;
    private final Optional<Panels> panels;
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
     * @param panels what multiplies with packed weights, where they are
     */
    Linear(Parameters parameters, String name, RowKernels kernels, Matrix ones, Optional<Panels> panels) {
        Layout layout = parameters.layout();
        boolean biased = layout.has(Layout.bias(name));
        this.weight = parameters.value(Layout.weight(name));
        this.packed = parameters.packed(Layout.weight(name));
        this.panels = panels;
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
        bias.ifPresent(values -> values.get(0, biasRow));
        if (packed.isPresent()) {
            panels.get().multiply(x, tokens, packed.get(), biasRow, y); // (N, I) -> (N, O)
            return;
        }
        for (int t = 0; t < tokens && bias.isPresent(); t++) {
            y.put(t, biasRow);
        }
        float keep = bias.isPresent() ? 1 : 0;
        Gemm.nt(tokens, out, in, 1, x, x.at(0, 0), weight, weight.at(0, 0), keep, y, y.at(0, 0)); // (N, I) -> (N, O)
    }

    /** y = residual + x W^T + b; y may be the residual itself. */
    void addTo(Matrix residual, Matrix x, Matrix y, int tokens) {
        bias.ifPresent(values -> values.get(0, biasRow));
        if (packed.isPresent()) {
            panels.get().add(residual, x, tokens, packed.get(), biasRow, y); // (N, I) -> (N, O)
            return;
        }
        if (bias.isPresent()) {
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
