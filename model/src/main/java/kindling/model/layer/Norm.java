package kindling.model.layer;

import kindling.model.Normalization;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/** Brings each token's row to unit scale and multiplies by a learned weight; remembers what backward needs. */
sealed interface Norm permits LayerNorm, RmsNorm {

    /** The kind of norm that this shape has, for at most {@code maxTokens} rows. */
    static Norm of(
            TransformerConfig config,
            Parameters parameters,
            String name,
            Arena arena,
            int maxTokens,
            RowKernels kernels) {
        return config.normalization() == Normalization.RMS
                ? new RmsNorm(config, parameters, name, arena, maxTokens, kernels)
                : new LayerNorm(config, parameters, name, arena, maxTokens, kernels);
    }

    /** y = norm(x), rows 0 .. tokens - 1. */
    void forward(Matrix x, Matrix y, int tokens);

    /** Adds the gradient of the input of the last forward to dx, and those of the parameters to theirs. */
    void backward(Matrix x, Matrix dy, Matrix dx, int tokens);
}
