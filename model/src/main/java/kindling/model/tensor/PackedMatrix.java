package kindling.model.tensor;

/**
 * A matrix W (O, I) that never changes, laid out for products x W^T: its rows in panels of {@value RowKernels#PANEL}, and in a
 * panel the first column of all its rows, then the second. A product reads it from its first value to its last, once, at the
 * speed of memory. Many threads may read it at a time.
 *
 * <p>I inputs, O outputs. What a product gives for one row of x is the same, bit for bit, among any other rows: see {@link
 * RowKernels#panel}.
 */
public abstract sealed class PackedMatrix permits PackedFloats, PackedBytes {
    static final int PANEL = RowKernels.PANEL;

    private final int outputs;
    private final int inputs;

    PackedMatrix(int outputs, int inputs) {
        this.outputs = outputs;
        this.inputs = inputs;
    }

    /**
     * A packed copy of the matrix whose rows lie at {@code theta[from ...]}, one after the other.
     *
     * @throws ArithmeticException when it has more values than one Java array holds
     */
    public static PackedMatrix of(float[] theta, int from, int outputs, int inputs, Precision precision) {
        return switch (precision) {
            case FLOAT32 -> new PackedFloats(theta, from, outputs, inputs);
            case INT8 -> new PackedBytes(theta, from, outputs, inputs);
        };
    }

    /** O: rows of the matrix. */
    public final int outputs() {
        return outputs;
    }

    /** I: columns of the matrix. */
    public final int inputs() {
        return inputs;
    }

    /** Copies a row of the matrix. */
    public abstract void row(int output, float[] to);

    /**
     * Where the floats of a panel lie that belong to the inputs from {@code input} on: in the array that is returned, from {@link
     * #at} on.
     *
     * @param n inputs
     * @param room (n, PANEL), for those that are not floats yet
     */
    abstract float[] floats(int panel, int input, int n, RowKernels kernels, float[] room);

    /** Where the floats of an input of a panel start. */
    abstract int at(int panel, int input);

    /** Makes outputs of sums of products with {@link #floats}. */
    abstract void finish(float[] sums, RowKernels kernels);

    final int panels() {
        return (outputs + PANEL - 1) / PANEL;
    }

    /** Rows of a panel that are rows of the matrix, and not its filling. */
    final int rows(int panel) {
        return Math.min(PANEL, outputs - panel * PANEL);
    }

    /** Where the value of an output and an input is, when the first panel starts at 0. */
    final int place(int output, int input) {
        return (output / PANEL * inputs + input) * PANEL + output % PANEL;
    }

    /** Values, those of the filling among them. */
    final long size() {
        return (long) panels() * inputs * PANEL;
    }
}
