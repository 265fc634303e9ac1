package kindling.model.generate;

import java.util.Arrays;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * softmax(q k^T / sqrt(D)) v of single tokens over the cached positions of their own text up to themselves, all heads (Vaswani et
 * al., 2017). Forward only: training mixes with {@link kindling.model.layer.SelfAttention}.
 *
 * <p>N tokens, H query heads, K key/value heads, D head width. Each token is worked on alone: what it gives depends on nothing
 * but its query and the positions that it sees.
 */
final class CachedAttention {
    private final int heads;
    private final int group;
    private final int headDim;
    private final int width;
    private final float scale;
    private final RowKernels kernels;
    private final float[] row;
    private final float[] scores;
    private final float[] mixed;
    private final float[] kept = new float[2];

    CachedAttention(TransformerConfig config, RowKernels kernels) {
        this.heads = config.heads();
        this.group = config.heads() / config.keyValueHeads();
        this.headDim = config.headDim();
        this.width = config.keyValueWidth();
        this.scale = (float) (1 / Math.sqrt(headDim));
        this.kernels = kernels;
        this.row = new float[config.queryWidth() + 2 * width];
        this.scores = new float[KeyValueCache.panels(config.contextLength()) * RowKernels.PANEL];
        this.mixed = new float[config.queryWidth()];
    }

    /**
     * Puts the keys and values of all tokens into the cache, then mixes each token's.
     *
     * @param slots the slot of each token's text
     * @param positions of each in its text
     * @param qkv (N, (H + 2K) D)
     * @param to (N, H D), overwritten
     */
    void mix(KeyValueCache cache, int layer, int[] slots, int[] positions, Matrix qkv, Matrix to, int tokens) {
        for (int t = 0; t < tokens; t++) {
            qkv.get(t, row);
            cache.store(layer, slots[t], positions[t], row);
        }
        for (int t = 0; t < tokens; t++) {
            qkv.get(t, 0, row, 0, mixed.length);
            kernels.scale(row, 0, mixed.length, scale);
            for (int head = 0; head < heads; head++) {
                attend(cache, layer, slots[t], head, positions[t] + 1);
            }
            to.put(t, mixed);
        }
    }

    private void attend(KeyValueCache cache, int layer, int slot, int head, int seen) {
        int from = head * headDim;
        float[] keys = cache.keys(layer);
        Arrays.fill(scores, 0, KeyValueCache.panels(seen) * RowKernels.PANEL, 0f);
        for (int panel = 0; panel < KeyValueCache.panels(seen); panel++) {
            int at = cache.keysAt(slot, head / group, panel);
            kernels.panel(1, row, from, headDim, keys, at, scores, panel * RowKernels.PANEL); // (D) -> (P)
        }
        kernels.softmax(scores, 0, 0, seen, rounded(seen), kept, 0);
        int values = cache.valuesAt(slot, 0) + head / group * headDim;
        kernels.mix(scores, seen, cache.values(layer), values, width, mixed, from, headDim); // (seen) -> (D)
    }

    /** Up to whole vectors. */
    private static int rounded(int seen) {
        int unit = RowKernels.SOFTMAX_WIDTH;
        return (seen + unit - 1) / unit * unit;
    }
}
