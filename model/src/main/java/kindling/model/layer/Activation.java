package kindling.model.layer;

import kindling.model.TransformerConfig;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * What stands between the two projections of a feed-forward network: GELU, or SwiGLU.
 *
 * <p>N tokens, F hidden: inner (N, F), or (N, 2F) gate | up; activated (N, F).
 */
final class Activation {

    private final boolean gated;
    private final RowKernels kernels;
    private final int hidden;
    private final float[] inner;
    private final float[] activated;

    Activation(TransformerConfig config, RowKernels kernels) {
        this.gated = config.gated();
        this.kernels = kernels;
        this.hidden = config.hidden();
        this.inner = new float[gated ? 2 * hidden : hidden];
        this.activated = new float[hidden];
    }

    void forward(Matrix x, Matrix y, int tokens) {
        for (int t = 0; t < tokens; t++) {
            x.get(t, inner);
            if (gated) {
                kernels.swiglu(inner, activated, hidden); // (2F) -> (F)
            } else {
                kernels.gelu(inner, activated, hidden);
            }
            y.put(t, activated);
        }
    }

    /** dx from dy and the input of forward. */
    void backward(Matrix x, Matrix dy, Matrix dx, int tokens) {
        for (int t = 0; t < tokens; t++) {
            x.get(t, inner);
            dy.get(t, activated);
            if (gated) {
                kernels.swigluGradient(inner, activated, inner, hidden); // (F) -> (2F)
            } else {
                kernels.geluGradient(inner, activated, inner, hidden);
            }
            dx.put(t, inner);
        }
    }
}
