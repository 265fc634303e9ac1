package kindling.model.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;

/**
 * The keys and values of every position seen so far, so that a new id costs one position and not all.
 *
 * <p>S slots, one for each live hypothesis; T positions a slot; K key/value heads of width D. For every layer keys and values
 * (S T, K D): the positions of a slot lie one after the other.
 */
final class KeyValueCache implements AutoCloseable {
    private final Arena arena = new Arena();
    private final List<Matrix> keys = new ArrayList<>();
    private final List<Matrix> values = new ArrayList<>();
    private final int length;
    private final int keyColumn;
    private final int valueColumn;
    private final float[] row;

    /**
     * @param slots S
     * @param length T
     * @throws IllegalStateException when there is not enough memory
     */
    KeyValueCache(TransformerConfig config, int slots, int length) {
        this.length = length;
        this.keyColumn = config.queryWidth();
        this.valueColumn = config.queryWidth() + config.keyValueWidth();
        this.row = new float[config.keyValueWidth()];
        for (int layer = 0; layer < config.layers(); layer++) {
            keys.add(arena.matrix((long) slots * length, config.keyValueWidth()));
            values.add(arena.matrix((long) slots * length, config.keyValueWidth()));
        }
        arena.allocate();
    }

    Matrix keys(int layer) {
        return keys.get(layer);
    }

    Matrix values(int layer) {
        return values.get(layer);
    }

    /** Where the first position of a slot lies, in keys and values alike. */
    long row(int slot) {
        return (long) slot * length;
    }

    /** Takes the key and the value of one token from its row of qkv (N, (H + 2K) D). */
    void store(int layer, int slot, int position, Matrix qkv, int token) {
        qkv.get(token, keyColumn, row, 0, row.length);
        keys(layer).put(row(slot) + position, row);
        qkv.get(token, valueColumn, row, 0, row.length);
        values(layer).put(row(slot) + position, row);
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
                copy(before[parents[child]], slots[child], positions);
            }
        }
    }

    /** Copies the first positions of a slot to another. */
    void copy(int from, int to, int positions) {
        for (List<Matrix> matrices : Arrays.asList(keys, values)) {
            for (Matrix matrix : matrices) {
                matrix.from(row(to)).copy(matrix.from(row(from)), positions);
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
