package kindling.model.layer;

import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * Sets a share of values to 0 and scales the others up by 1 / (1 - rate), so that their expectation stays (Srivastava et al.,
 * 2014).
 *
 * <p>Which values are kept is a function of (seed, step, part, site, row, column) alone and remembered nowhere: backward, and a
 * forward that is computed again, find the same ones. Belongs to one thread.
 */
public final class Dropout {

    private static final int SITES = 4;
    private static final int ATTENTION = 1;
    private static final int ATTENTION_OUTPUT = 2;
    private static final int MLP_OUTPUT = 3;
    /** Values are drawn from 24 bits, as many as a float holds. */
    private static final int BITS = 24;

    private final double rate;
    private long seed;
    private final int threshold;
    private final float factor;
    private final RowKernels kernels;
    private final float[] row;
    private final float[] other;
    private long draws;
    private boolean on;

    /**
     * @param rate share of values that are dropped, 0..1 (exclusive)
     * @param width of the rows that are dropped whole
     * @throws IllegalArgumentException when the rate is outside
     */
    public Dropout(double rate, long seed, int width, RowKernels kernels) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "dropout must be >= 0 and < 1 (the share of values to drop), got " + rate);
        }
        this.rate = rate;
        this.seed = seed;
        this.threshold = (int) Math.round(rate * (1 << BITS));
        this.factor = (float) (1 / (1 - rate));
        this.kernels = kernels;
        this.row = new float[width];
        this.other = new float[width];
    }

    /** Drops nothing, ever. */
    static Dropout none() {
        return new Dropout(0, 0, 0, RowKernels.create());
    }

    /** What follows is drawn by another seed. */
    public void seed(long other) {
        seed = other;
    }

    /**
     * What follows is training, with draws of its own.
     *
     * @param step number of the update
     * @param part number of the batch, of those that make up the update
     */
    public void on(long step, int part) {
        draws = mix(mix(mix(seed) + step) + part);
        on = true;
    }

    /** What follows is evaluation: everything is kept. */
    public void off() {
        on = false;
    }

    boolean isOn() {
        return on && rate > 0;
    }

    static int embedding() {
        return 0;
    }

    static int attention(int layer) {
        return layer * SITES + ATTENTION;
    }

    static int attentionOutput(int layer) {
        return layer * SITES + ATTENTION_OUTPUT;
    }

    static int mlpOutput(int layer) {
        return layer * SITES + MLP_OUTPUT;
    }

    /**
     * Drops from x[at .. at + n); the gradient of a dropped row is the same on the row's gradient.
     *
     * @param site where in the network, as the methods above say
     * @param rowNumber of the row there
     * @param column of x[at] in that row
     */
    void apply(float[] x, int at, int n, int site, long rowNumber, int column) {
        long key = mix(mix(draws + site) + rowNumber);
        kernels.dropout(x, at, n, column, (int) key, (int) (key >>> 32), threshold, factor);
    }

    /** The finaliser of SplitMix64 (Steele et al., 2014). */
    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return (x ^ x >>> 31) + 0x9e3779b97f4a7c15L;
    }

    /** to = dropped from; they may be the same. */
    void apply(Matrix from, Matrix to, int site, int tokens) {
        for (int t = 0; t < tokens; t++) {
            from.get(t, row);
            apply(row, 0, row.length, site, t, 0);
            to.put(t, row);
        }
    }

    /** branch = x + dropped branch. */
    void addTo(Matrix x, Matrix branch, int site, int tokens) {
        for (int t = 0; t < tokens; t++) {
            branch.get(t, row);
            apply(row, 0, row.length, site, t, 0);
            x.get(t, other);
            kernels.add(row, other, row.length);
            branch.put(t, row);
        }
    }
}
