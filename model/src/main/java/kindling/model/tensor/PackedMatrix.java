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

    private final int outputs;
    private final int inputs;
    private final float[] values;

    private PackedMatrix(int outputs, int inputs) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.values = new float[Math.toIntExact((long) panels() * inputs * PANEL)];
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
            int at = packed.panel(panel);
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
        int at = panel(output / PANEL) + output % PANEL;
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

    /** Where a panel starts. */
    int panel(int panel) {
        return panel * inputs * PANEL;
    }

    /** Rows of a panel that are rows of the matrix, and not its filling. */
    int rows(int panel) {
        return Math.min(PANEL, outputs - panel * PANEL);
    }
}
