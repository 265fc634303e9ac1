package kindling.model.layer;

import kindling.model.tensor.Matrix;

/**
 * The one step of a transformer in which tokens see each other: whole sequences in training, a cache of earlier keys
 * and values in decoding. Everything else works on each token alone.
 */
@FunctionalInterface
public interface Mixing {

    /**
     * Attention of one layer.
     *
     * @param layer its index from 0
     * @param qkv (N, (H + 2K) D): each token's queries, keys and values, already turned to their positions
     * @param mixed (N, H D), to be overwritten
     * @param tokens N
     */
    void mix(int layer, Matrix qkv, Matrix mixed, int tokens);
}
