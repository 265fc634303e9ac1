package kindling.model.tensor;

/**
 * A matrix W (O, I) that never changes, laid out for products x W^T: its rows in panels of {@value RowKernels#PANEL}, and in a
 * panel the first column of all its rows, then the second. A product reads it from its first float to its last, once, at the
 * speed of memory. Many threads may read it at a time.
 *
 * <p>I inputs, O outputs. What a product gives for one row of x is the same, bit for bit, among any other rows: see {@link
 * RowKernels#panel}.
 */
public final class PackedMatrix {
    private static final int PANEL = RowKernels.PANEL;

    /** Floats before the first: behind the 16 bytes that a large array begins with, all vectors then lie within cache lines. */
    private static final int FILLING = 12;

    private final int outputs;
    private final int inputs;
    private final float[] values;

    private PackedMatrix(int outputs, int inputs) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.values = new float[Math.toIntExact(FILLING + (long) panels() * inputs * PANEL)];
    }

    /**
     * A packed copy of the matrix whose rows lie at {@code theta[from ...]}, one after the other.
     *
     * @throws ArithmeticException when it has more values than one Java array holds
     */
    public static PackedMatrix of(float[] theta, int from, int outputs, int inputs) {
        PackedMatrix packed = new PackedMatrix(outputs, inputs);
        for (int panel = 0; panel < packed.panels(); panel++) {
            int first = panel * PANEL;
            int rows = packed.rows(panel);
            int at = packed.at(panel, 0);
            for (int i = 0; i < inputs; i++, at += PANEL) {
                for (int row = 0; row < rows; row++) {
                    packed.values[at + row] = theta[from + (first + row) * inputs + i];
                }
            }
        }
        return packed;
    }

    /** O: rows of the matrix. */
    public int outputs() {
        return outputs;
    }

    /** I: columns of the matrix. */
    public int inputs() {
        return inputs;
    }

    /** Copies a row of the matrix. */
    public void row(int output, float[] to) {
        int at = at(output / PANEL, 0) + output % PANEL;
        for (int i = 0; i < inputs; i++, at += PANEL) {
            to[i] = values[at];
        }
    }

    float[] values() {
        return values;
    }

    int panels() {
        return (outputs + PANEL - 1) / PANEL;
    }

    /** Where the column of an input in a panel starts. */
    int at(int panel, int input) {
        return FILLING + (panel * inputs + input) * PANEL;
    }

    /** Rows of a panel that are rows of the matrix, and not its filling. */
    int rows(int panel) {
        return Math.min(PANEL, outputs - panel * PANEL);
    }
}
