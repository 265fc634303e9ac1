package kindling.model.tensor;

/**
 * Products of rows with {@link PackedMatrix packed matrices}.
 *
 * <p>N rows, I inputs, O outputs. Panel by panel, all rows meet it while it is in the cache, in tiles of 8, 4 or 1; the last
 * tile is filled up with rows that nobody reads. Belongs to one thread.
 */
public final class Panels {
    private static final int LARGE = 8; // fills the registers of 512 bits
    private static final int SMALL = 4; // fills those of 256
    private static final int PANEL = RowKernels.PANEL;

    private final RowKernels kernels;
    private final float[] x;
    private final float[] tile = new float[LARGE * PANEL];
    private final float[][] rows;
    private final float[] other;

    /**
     * @param maxRows most N of a product
     * @param maxInputs most I of a product
     * @param maxOutputs most O of a product that goes to a matrix
     */
    public Panels(int maxRows, int maxInputs, int maxOutputs, RowKernels kernels) {
        this.kernels = kernels;
        this.x = new float[Math.multiplyExact(maxRows + LARGE, maxInputs)];
        this.rows = new float[maxRows][maxOutputs];
        this.other = new float[maxOutputs];
    }

    /** Rows that a product works on for so many: up to whole tiles. */
    public static int filled(int count) {
        int left = count % LARGE;
        return count - left + (left == 0 ? 0 : tile(left));
    }

    private static int tile(int left) {
        if (left > SMALL) {
            return LARGE;
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
        int inputs = w.inputs();
        from.get(first, 0, x, 0, count * inputs);
        for (int panel = 0; panel < w.panels(); panel++) {
            if (count > LARGE) { // once alone, which is as fast as memory: a large tile that waits for it takes half as
                // long again
                kernels.panel(1, x, 0, inputs, inputs, w.values(), w.panel(panel), tile, 0);
            }
            for (int row = 0; row < count; ) {
                int size = tile(count - row);
                kernels.panel(size, x, row * inputs, inputs, inputs, w.values(), w.panel(panel), tile, 0);
                int end = Math.min(count, row + size);
                for (int at = 0; row < end; row++, at += PANEL) {
                    System.arraycopy(tile, at, to[row], panel * PANEL, w.rows(panel)); // (PANEL) of (O)
                }
            }
        }
    }
}
