package kindling.model.tensor;

/**
 * Whole numbers from -127 to 127, and for each output the factor that makes floats of them: what is greatest among its weights,
 * either way, divided by 127. A weight moves by half of that factor at most (symmetric rounding by rows: Jacob et al., 2018,
 * "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", section 2.1, without a zero point).
 */
final class PackedBytes extends PackedMatrix {
    private static final int GREATEST = 127;

    private final byte[] values;
    private final float[] factors;

    PackedBytes(float[] theta, int from, int outputs, int inputs) {
        super(outputs, inputs);
        this.values = new byte[Math.toIntExact(size())];
        this.factors = new float[outputs];
        for (int output = 0; output < outputs; output++) {
            take(output, theta, from + output * inputs);
        }
    }

    private void take(int output, float[] theta, int from) {
        float greatest = 0;
        for (int input = 0; input < inputs(); input++) {
            greatest = Math.max(greatest, Math.abs(theta[from + input]));
        }
        float factor = greatest / GREATEST; // not a number where a weight is none
        factors[output] = factor;
        for (int input = 0, at = place(output, 0); input < inputs(); input++, at += PANEL) {
            values[at] = factor == 0 ? 0 : (byte) Math.rint(theta[from + input] / factor);
        }
    }

    @Override
    public void row(int output, float[] to) {
        for (int input = 0, at = place(output, 0); input < inputs(); input++, at += PANEL) {
            to[input] = values[at] * factors[output];
        }
    }

    @Override
    float[] floats(int panel, int input, int n, RowKernels kernels, float[] room) {
        kernels.widen(values, place(panel * PANEL, input), n * PANEL, room);
        return room;
    }

    @Override
    int at(int panel, int input) {
        return 0;
    }

    @Override
    void finish(float[] sums, RowKernels kernels) {
        kernels.multiply(sums, 0, factors, 0, factors.length);
    }
}
