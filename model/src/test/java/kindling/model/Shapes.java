package kindling.model;

/** Small shapes for tests, by their dimension letters: everything else as the families have it. */
public final class Shapes {

    private Shapes() {}

    /** Learned positions, layer norm with biases, GELU of width 4 C, tied head. */
    public static TransformerConfig gpt2(int vocabulary, int context, int layers, int heads, int width) {
        return TransformerConfig.gpt2(vocabulary, context, layers, heads, width);
    }

    /** The same with a hidden width and a choice of biases. */
    public static TransformerConfig gpt2(
            int vocabulary, int context, int layers, int heads, int width, int hidden, boolean biases) {
        return gpt2(vocabulary, context, layers, heads, width).toBuilder()
                .hidden(hidden)
                .biases(biases ? Biases.all() : Biases.none())
                .build();
    }

    /** Rotary positions, RMS norm, SwiGLU, no biases, tied head. */
    public static TransformerConfig llama(
            int vocabulary, int context, int layers, int heads, int keyValueHeads, int headDim, int width, int hidden) {
        return TransformerConfig.llama(vocabulary, context, layers, heads, 2 * heads, hidden).toBuilder()
                .width(width)
                .keyValueHeads(keyValueHeads)
                .headDim(headDim)
                .build();
    }

    /** Rotary positions, RMS norm, SwiGLU, an untied head, and the choices that small Llamas rarely make. */
    public static TransformerConfig untied(TransformerConfig config, double theta, boolean biases) {
        return config.toBuilder()
                .positions(Positions.rotary(theta))
                .biases(new Biases(false, biases, biases, biases))
                .tiedHead(false)
                .build();
    }

    /** The same with another feed-forward network. */
    public static TransformerConfig with(TransformerConfig config, Nonlinearity nonlinearity, boolean gated) {
        return config.toBuilder().nonlinearity(nonlinearity).gated(gated).build();
    }

    /** The same with a norm on queries and keys. */
    public static TransformerConfig queryKeyNorm(TransformerConfig config) {
        return config.toBuilder().queryKeyNorm(true).build();
    }
}
