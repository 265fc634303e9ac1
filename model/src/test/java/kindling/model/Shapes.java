package kindling.model;

/** Small shapes for tests, by their dimension letters: everything else as the families have it. */
public final class Shapes {

    private Shapes() {}

    /** Learned positions, layer norm with biases, GELU of width 4 C, tied head. */
    public static TransformerConfig gpt2(int vocabulary, int context, int layers, int heads, int width) {
        return gpt2(vocabulary, context, layers, heads, width, 4 * width, true);
    }

    /** The same with a hidden width and a choice of biases. */
    public static TransformerConfig gpt2(
            int vocabulary, int context, int layers, int heads, int width, int hidden, boolean biases) {
        return new TransformerConfig(
                "gpt2",
                vocabulary,
                context,
                layers,
                heads,
                heads,
                width / heads,
                width,
                hidden,
                1e-5,
                1e4,
                true,
                biases,
                -1);
    }

    /** Rotary positions, RMS norm, SwiGLU, no biases, tied head. */
    public static TransformerConfig llama(
            int vocabulary, int context, int layers, int heads, int keyValueHeads, int headDim, int width, int hidden) {
        return new TransformerConfig(
                "llama",
                vocabulary,
                context,
                layers,
                heads,
                keyValueHeads,
                headDim,
                width,
                hidden,
                1e-5,
                1e4,
                true,
                false,
                -1);
    }
}
