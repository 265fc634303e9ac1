package kindling.model.tensor;

import java.util.Arrays;

/**
 * Products of rows with {@link PackedMatrix packed matrices}.
 *
 * <p>N rows, I inputs, O outputs. A block of some inputs of a panel meets all rows while it is in the cache, and those inputs of
 * the rows meet a group of panels while they are (Goto and van de Geijn, 2008, "Anatomy of High-Performance Matrix
 * Multiplication"). Rows go in tiles of {@link RowKernels#panelRows}, 4 or 1; the last tile is filled up with rows that nobody
 * reads. Belongs to one thread.
 */
public final class Panels {
    private static final int SMALL = 4;
    private static final int PANEL = RowKernels.PANEL;
    private static final int BLOCK = 128; // inputs: 24 KiB of a panel, which the first cache holds
    private static final int GROUP =
            8; // panels whose sums are under way: with 512 rows 768 KiB, which the second cache holds

    private final RowKernels kernels;
    private final int large;
    private final float[] taken; // (tile, I)
    private final float[] x; // tile by tile, (I, tile)
    private final float[] y; // (GROUP, N, PANEL)
    private final float[] room = new float[BLOCK * PANEL];
    private final float[] nothing = new float[BLOCK];
    private final float[] nowhere = new float[PANEL];
    private final float[][] rows;
    private final float[] other;

    /**
     * @param maxRows most N of a product
     * @param maxInputs most I of a product
     * @param maxOutputs most O of a product that goes to a matrix
     */
    public Panels(int maxRows, int maxInputs, int maxOutputs, RowKernels kernels) {
        this.kernels = kernels;
        this.large = kernels.panelRows();
        int most = maxRows + large;
        this.taken = new float[Math.multiplyExact(large, maxInputs)];
        this.x = new float[Math.multiplyExact(most, maxInputs)];
        this.y = new float[Math.multiplyExact(most, GROUP * PANEL)];
        this.rows = new float[maxRows][maxOutputs];
        this.other = new float[maxOutputs];
    }

    /** Rows that a product works on for so many: up to whole tiles. */
    public int filled(int count) {
        int left = count % large;
        return count - left + (left == 0 ? 0 : tile(left));
    }

    private int tile(int left) {
        if (left > SMALL) {
            return large;
        }
        return left > 1 ? SMALL : 1;
    }

    /** y (N, O) = x (N, I) W^T + bias (O). */
    public void multiply(Matrix x, int count, PackedMatrix w, float[] bias, Matrix y) {
        multiply(x, 0, count, w, rows);
        for (int t = 0; t < count; t++) {
            kernels.add(rows[t], bias, w.outputs());
            y.put(t, 0, rows[t], 0, w.outputs());
        }
    }

    /** y (N, O) = residual (N, O) + x (N, I) W^T + bias (O); y may be the residual itself. */
    public void add(Matrix residual, Matrix x, int count, PackedMatrix w, float[] bias, Matrix y) {
        multiply(x, 0, count, w, rows);
        for (int t = 0; t < count; t++) {
            residual.get(t, 0, other, 0, w.outputs());
            kernels.add(other, rows[t], w.outputs());
            kernels.add(other, bias, w.outputs());
            y.put(t, 0, other, 0, w.outputs());
        }
    }

    /** to (N, O) = x (N, I) W^T of the rows of x from {@code first} on, as wide as W has inputs. */
    public void multiply(Matrix from, long first, int count, PackedMatrix w, float[][] to) {
        take(from, first, count, w.inputs());
        for (int panel = 0; panel < w.panels(); panel += GROUP) {
            int end = Math.min(w.panels(), panel + GROUP);
            group(w, panel, end, count);
            for (int row = 0; row < count; row++) {
                give(w, panel, end, filled(count) * PANEL, row, to[row]);
            }
        }
        for (int row = 0; row < count; row++) {
            w.finish(to[row], kernels);
        }
    }

    private void group(PackedMatrix w, int first, int end, int count) {
        int size = filled(count) * PANEL;
        Arrays.fill(y, 0, (end - first) * size, 0f);
        for (int input = 0; input < w.inputs(); input += BLOCK) {
            for (int panel = first; panel < end; panel++) {
                block(w, panel, input, count, (panel - first) * size);
            }
        }
    }

    /** Adds what a block gives for all rows. */
    private void block(PackedMatrix w, int panel, int input, int count, int to) {
        int n = Math.min(BLOCK, w.inputs() - input);
        float[] values = w.floats(panel, input, n, kernels, room);
        int at = w.at(panel, input);
        // Once alone, which is as fast as memory: large tiles that wait for it take longer than both.
        if (values != room && count > large) {
            kernels.panel(1, nothing, 0, n, values, at, nowhere, 0);
        }
        for (int row = 0; row < count; row += large) {
            int size = tile(count - row);
            kernels.panel(size, x, row * w.inputs() + input * size, n, values, at, y, to + row * PANEL);
        }
    }

    private void give(PackedMatrix w, int first, int end, int size, int row, float[] to) {
        for (int panel = first; panel < end; panel++) {
            System.arraycopy(y, (panel - first) * size + row * PANEL, to, panel * PANEL, w.rows(panel));
        }
    }

    /** Rows of a matrix, tile by tile: in a tile the first value of all its rows, then the second. */
    private void take(Matrix from, long first, int count, int inputs) {
        for (int row = 0; row < count; row += large) {
            int size = tile(count - row);
            from.get(first + row, 0, taken, 0, Math.min(size, count - row) * inputs);
            interleave(size, inputs, row * inputs);
        }
    }

    /** (tile, I) -> (I, tile) */
    private void interleave(int size, int n, int to) {
        if (size == 1) {
            System.arraycopy(taken, 0, x, to, n);
            return;
        }
        for (int t = 0; t < size; t += SMALL) {
            int first = t * n;
            int second = (t + 1) * n;
            int third = (t + 2) * n;
            int fourth = (t + 3) * n;
            for (int i = 0, at = to + t; i < n; i++, at += size) {
                x[at] = taken[first + i];
                x[at + 1] = taken[second + i];
                x[at + 2] = taken[third + i];
                x[at + 3] = taken[fourth + i];
            }
        }
    }
}
