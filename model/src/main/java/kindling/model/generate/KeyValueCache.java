package kindling.model.generate;

import kindling.model.TransformerConfig;
import kindling.model.tensor.RowKernels;

/**
 * The keys and values of every position seen so far, so that a new id costs one position and not all.
 *
 * <p>S slots, one for each live hypothesis; T positions a slot, up to whole panels; K key/value heads of width D. For every layer
 * values (S, T, K D), and keys (S, K, T / P, D, P): P = {@value RowKernels#PANEL} positions lie side by side, so that a query's
 * scores are a product with a panel.
 */
final class KeyValueCache {
    private static final int PANEL = RowKernels.PANEL;

    private final int panels;
    private final int heads;
    private final int headDim;
    private final int width;
    private final int keyColumn;
    private final int valueColumn;
    private final float[][] keys;
    private final float[][] values;

    /**
     * @param slots S
     * @param length T
     * @throws IllegalStateException when there is not enough memory
     */
    KeyValueCache(TransformerConfig config, int slots, int length) {
        this.panels = panels(length);
        this.heads = config.keyValueHeads();
        this.headDim = config.headDim();
        this.width = config.keyValueWidth();
        this.keyColumn = config.queryWidth();
        this.valueColumn = config.queryWidth() + width;
        long size = (long) slots * panels * PANEL * width;
        try {
            this.keys = new float[config.layers()][Math.toIntExact(size)];
            this.values = new float[config.layers()][Math.toIntExact(size)];
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw new IllegalStateException(
                    "no " + 2 * Float.BYTES * size * config.layers() + " bytes of memory for the keys and values of "
                            + slots + " texts of " + length + " ids: lower --batch-size, or raise the heap (-Xmx)",
                    e);
        }
    }

    /** Panels that hold so many positions. */
    static int panels(int positions) {
        return (positions + PANEL - 1) / PANEL;
    }

    float[] keys(int layer) {
        return keys[layer];
    }

    float[] values(int layer) {
        return values[layer];
    }

    /** Where a panel of a head's keys starts: (D, P). */
    int keysAt(int slot, int head, int panel) {
        return ((slot * heads + head) * panels + panel) * headDim * PANEL;
    }

    /** Where the values of a position start: (K D). */
    int valuesAt(int slot, int position) {
        return (slot * panels * PANEL + position) * width;
    }

    /** Takes the key and the value of one token from its row of qkv, ((H + 2K) D). */
    void store(int layer, int slot, int position, float[] qkv) {
        for (int head = 0; head < heads; head++) {
            int at = keysAt(slot, head, position / PANEL) + position % PANEL;
            int from = keyColumn + head * headDim;
            for (int d = 0; d < headDim; d++, at += PANEL) {
                keys[layer][at] = qkv[from + d];
            }
        }
        System.arraycopy(qkv, valueColumn, values[layer], valuesAt(slot, position), width);
    }

    /**
     * Gives each hypothesis the positions of the one it continues. The first child of a hypothesis takes over its slot, further
     * children copy it to a slot that nobody took over.
     *
     * @param slots the slot of each hypothesis; changed in place
     * @param parents which hypothesis each one continues
     * @param positions how many positions are filled
     */
    void rearrange(int[] slots, int[] parents, int positions) {
        int[] before = slots.clone();
        boolean[] taken = new boolean[before.length];
        boolean[] served = new boolean[before.length];
        for (int child = 0; child < parents.length; child++) {
            if (!taken[parents[child]]) {
                taken[parents[child]] = true;
                served[child] = true;
                slots[child] = before[parents[child]];
            }
        }
        int free = 0;
        for (int child = 0; child < parents.length; child++) {
            if (!served[child]) {
                while (taken[free]) {
                    free++;
                }
                taken[free] = true;
                slots[child] = before[free];
                copy(this, before[parents[child]], slots[child], positions);
            }
        }
    }

    /** Copies the first positions of a slot of a cache of the same model, or of this one, to another slot of this one. */
    void copy(KeyValueCache source, int from, int to, int positions) {
        int keyRun = panels(positions) * headDim * PANEL;
        for (int layer = 0; layer < keys.length; layer++) {
            for (int head = 0; head < heads; head++) {
                System.arraycopy(
                        source.keys[layer], source.keysAt(from, head, 0), keys[layer], keysAt(to, head, 0), keyRun);
            }
            System.arraycopy(
                    source.values[layer], source.valuesAt(from, 0), values[layer], valuesAt(to, 0), positions * width);
        }
    }
}
