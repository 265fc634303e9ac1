package kindling.model.layer;

import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;

/**
 * What one layer computes on its way. Training keeps one of these for every layer; inference uses one for all.
 *
 * <p>N tokens, C width, F hidden.
 *
 * @param normed (N, C), input of the attention
 * @param qkv (N, (H + 2K) D)
 * @param mixed (N, H D), output of the attention
 * @param middle (N, C), residual stream after the attention
 * @param mlpNormed (N, C), input of the feed-forward network
 * @param inner (N, F) or (N, 2F)
 * @param activated (N, F)
 * @param output (N, C), residual stream after the layer
 */
record Activations(
        Matrix normed,
        Matrix qkv,
        Matrix mixed,
        Matrix middle,
        Matrix mlpNormed,
        Matrix inner,
        Matrix activated,
        Matrix output) {

    /** Reserves matrices for {@code tokens} tokens, the residual stream after each half in its own. */
    static Activations reserve(TransformerConfig config, Arena arena, int tokens) {
        Matrix middle = arena.matrix(tokens, config.width());
        Matrix output = arena.matrix(tokens, config.width());
        return reserve(config, arena, tokens, middle, output);
    }

    /** Reserves matrices for layers that all work in place on one residual stream. */
    static Activations inPlace(TransformerConfig config, Arena arena, int tokens, Matrix stream) {
        return reserve(config, arena, tokens, stream, stream);
    }

    private static Activations reserve(
            TransformerConfig config, Arena arena, int tokens, Matrix middle, Matrix output) {
        return new Activations(
                arena.matrix(tokens, config.width()),
                arena.matrix(tokens, config.queryWidth() + 2 * config.keyValueWidth()),
                arena.matrix(tokens, config.queryWidth()),
                middle,
                arena.matrix(tokens, config.width()),
                arena.matrix(tokens, config.gated() ? 2 * config.hidden() : config.hidden()),
                arena.matrix(tokens, config.hidden()),
                output);
    }
}
