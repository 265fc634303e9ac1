package kindling.model;

import java.util.List;

/** The function inside a feed-forward network, with Hugging Face's names for it, the one that is written first. */
public enum Nonlinearity {
    /** 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel, 2016). */
    GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast"),
    /** x Phi(x) = 0.5 x (1 + erf(x / sqrt 2)), the exact form. */
    GELU_ERF("gelu"),
    /** max(x, 0)^2 (So et al., 2021, "Primer"). */
    RELU_SQUARED("relu2"),
    /** x sigmoid(x); gated, it is SwiGLU (Shazeer, 2020). */
    SILU("silu", "swish");

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<String> names;

    Nonlinearity(String... names) {
        this.names = List.of(names);
    }

    /** The name that {@code config.json} gives it. */
    String fileName() {
        return names.get(0);
    }

    /**
     * @throws IllegalArgumentException for a name that is not one of ours, listing those
     */
    static Nonlinearity named(String name) {
        StringBuilder known = new StringBuilder();
        for (Nonlinearity function : values()) {
            if (function.names.contains(name)) {
                return function;
            }
            known.append(known.isEmpty() ? "" : ", ").append(String.join(", ", function.names));
        }
        throw new IllegalArgumentException("the activation must be one of " + known + ", got '" + name + "'");
    }
}
