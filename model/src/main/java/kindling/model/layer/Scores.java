package kindling.model.layer;

import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * One block of an attention's scores: {@value #BLOCK} queries by the keys that any of them sees.
 *
 * <p>Rows are laid out as far apart as the block is wide, and so cross between the memory of products and the heap many at a
 * time.
 */
final class Scores {

    /** Queries to a block: enough rows for full speed of the products, and little of a triangle wasted. */
    static final int BLOCK = 64;

    /** Rows that lie a power of two apart share cache sets. */
    private static final int PADDING = RowKernels.SOFTMAX_WIDTH;
    /** Floats that go to the heap at once: they stay in the first cache. */
    private static final int STRIP = 4096;

    private final Matrix[] byWidth;

    /** Reserves a block of up to {@code maxKeys} keys. */
    Scores(Arena arena, int maxKeys) {
        int widths = (maxKeys + BLOCK - 1) / BLOCK;
        Matrix memory = arena.matrix(BLOCK, widths * BLOCK + PADDING);
        byWidth = new Matrix[widths + 1];
        for (int i = 1; i <= widths; i++) {
            byWidth[i] = memory.reshaped(i * BLOCK + PADDING);
        }
    }

    /** The block as a matrix that has room for {@code keys} columns and their filling to whole vectors. */
    Matrix matrix(int keys) {
        return byWidth[(keys + BLOCK - 1) / BLOCK];
    }

    /** Floats of an array that takes {@link #rows} rows of any width. */
    static int stripSize(int maxKeys) {
        return Math.max(STRIP, (maxKeys + BLOCK - 1) / BLOCK * BLOCK + PADDING);
    }

    /** Rows of a block that fit into one strip. */
    static int rows(Matrix block) {
        return Math.max(1, STRIP / block.columns());
    }
}
