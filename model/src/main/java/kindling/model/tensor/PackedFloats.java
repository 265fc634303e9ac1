package kindling.model.tensor;

/** Floats as they are. */
final class PackedFloats extends PackedMatrix {
    /** Floats before the first: behind the 16 bytes that a large array begins with, all vectors then lie within cache lines. */
    private static final int FILLING = 12;

    private final float[] values;

    PackedFloats(float[] theta, int from, int outputs, int inputs) {
        super(outputs, inputs);
        this.values = new float[Math.toIntExact(FILLING + size())];
        for (int output = 0, source = from; output < outputs; output++) {
            for (int input = 0, at = FILLING + place(output, 0); input < inputs; input++, at += PANEL, source++) {
                values[at] = theta[source];
            }
        }
    }

    @Override
    public void row(int output, float[] to) {
        for (int input = 0, at = FILLING + place(output, 0); input < inputs(); input++, at += PANEL) {
            to[input] = values[at];
        }
    }

    @Override
    float[] floats(int panel, int input, int n, RowKernels kernels, float[] room) {
        return values;
    }

    @Override
    int at(int panel, int input) {
        return FILLING + place(panel * PANEL, input);
    }

    @Override
    void finish(float[] sums, RowKernels kernels) {}
}
