package kindling.model.layer;

import kindling.model.Nonlinearity;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * What stands between the two projections of a feed-forward network: f(x), or gated f(gate) up.
 *
 * <p>N tokens, F hidden: inner (N, F), or (N, 2F) gate | up; activated (N, F).
 */
final class Activation {

    private final Nonlinearity function;
    private final boolean gated;
    private final boolean swiglu;
    private final RowKernels kernels;
    private final int hidden;
    private final float[] inner;
    private final float[] activated;
    /** f(gate), where the kernel for both does not exist. */
    private final float[] gate;

    Activation(TransformerConfig config, RowKernels kernels) {
        this.function = config.nonlinearity();
        this.gated = config.gated();
        this.swiglu = gated && function == Nonlinearity.SILU;
        this.kernels = kernels;
        this.hidden = config.hidden();
        this.inner = new float[config.innerWidth()];
        this.activated = new float[hidden];
        this.gate = new float[gated && !swiglu ? hidden : 0];
    }

    void forward(Matrix x, Matrix y, int tokens) {
        for (int t = 0; t < tokens; t++) {
            x.get(t, inner);
            if (swiglu) {
                kernels.swiglu(inner, activated, hidden); // (2F) -> (F)
            } else {
                apply(inner, activated);
                if (gated) {
                    kernels.multiply(activated, 0, inner, hidden, hidden);
                }
            }
            y.put(t, activated);
        }
    }

    /** dx from dy and the input of forward. */
    void backward(Matrix x, Matrix dy, Matrix dx, int tokens) {
        for (int t = 0; t < tokens; t++) {
            x.get(t, inner);
            dy.get(t, activated);
            if (swiglu) {
                kernels.swigluGradient(inner, activated, inner, hidden); // (F) -> (2F)
            } else if (gated) {
                gatedGradient(); // (F) -> (2F)
            } else {
                gradient(inner, activated, inner);
            }
            dx.put(t, inner);
        }
    }

    /** dGate = f'(gate) up dy, dUp = f(gate) dy, in place of gate and up. */
    private void gatedGradient() {
        apply(inner, gate);
        kernels.multiply(gate, 0, activated, 0, hidden);
        kernels.multiply(activated, 0, inner, hidden, hidden);
        gradient(inner, activated, inner);
        System.arraycopy(gate, 0, inner, hidden, hidden);
    }

    private void apply(float[] x, float[] y) {
        switch (function) {
            case GELU_TANH -> kernels.gelu(x, y, hidden);
            case GELU_ERF -> kernels.geluErf(x, y, hidden);
            case RELU_SQUARED -> kernels.reluSquared(x, y, hidden);
            case SILU -> kernels.silu(x, y, hidden);
        }
    }

    private void gradient(float[] x, float[] dy, float[] dx) {
        switch (function) {
            case GELU_TANH -> kernels.geluGradient(x, dy, dx, hidden);
            case GELU_ERF -> kernels.geluErfGradient(x, dy, dx, hidden);
            case RELU_SQUARED -> kernels.reluSquaredGradient(x, dy, dx, hidden);
            case SILU -> kernels.siluGradient(x, dy, dx, hidden);
        }
    }
}
