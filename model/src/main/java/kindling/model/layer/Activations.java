package kindling.model.layer;

import java.util.Optional;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;

/**
 * What one layer computes on its way. Training keeps one of these for every layer, or one for all where they are computed
 * again on the way back; inference uses one for all.
 *
 * <p>N tokens, C width, F hidden.
 *
 * @param normed (N, C), input of the attention
 * @param qkv (N, (H + 2K) D)
 * @param raw (N, (H + K) D), queries and keys before their norm, where they have one
 * @param mixed (N, H D), output of the attention
 * @param middle (N, C), residual stream after the attention
 * @param mlpNormed (N, C), input of the feed-forward network
 * @param inner (N, F) or (N, 2F)
 * @param activated (N, F)
 */
record Activations(
        Matrix normed,
        Matrix qkv,
        Optional<Matrix> raw,
        Matrix mixed,
        Matrix middle,
        Matrix mlpNormed,
        Matrix inner,
        Matrix activated) {

    /** Reserves matrices for {@code tokens} tokens, the residual stream after the attention in its own. */
    static Activations reserve(TransformerConfig config, Arena arena, int tokens) {
        return reserve(config, arena, tokens, arena.matrix(tokens, config.width()), config.queryKeyNorm());
    }

    /** Reserves matrices for layers that work in place on one residual stream. */
    static Activations inPlace(TransformerConfig config, Arena arena, int tokens, Matrix stream) {
        return reserve(config, arena, tokens, stream, config.queryKeyNorm());
    }

    /** Reserves matrices for the gradients of one layer: those of queries and keys are turned back where they lie. */
    static Activations gradients(TransformerConfig config, Arena arena, int tokens, Matrix stream) {
        return reserve(config, arena, tokens, stream, false);
    }

    private static Activations reserve(
            TransformerConfig config, Arena arena, int tokens, Matrix stream, boolean keepsRaw) {
        int turned = config.queryWidth() + config.keyValueWidth();
        return new Activations(
                arena.matrix(tokens, config.width()),
                arena.matrix(tokens, turned + config.keyValueWidth()),
                keepsRaw ? Optional.of(arena.matrix(tokens, turned)) : Optional.empty(),
                arena.matrix(tokens, config.queryWidth()),
                stream,
                arena.matrix(tokens, config.width()),
                arena.matrix(tokens, config.innerWidth()),
                arena.matrix(tokens, config.hidden()));
    }
}
