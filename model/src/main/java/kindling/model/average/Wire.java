package kindling.model.average;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kindling.model.tensor.BrainFloat;

/**
 * How values travel from a replica to where they are averaged: as they are, or rounded to fewer bytes.
 *
 * <p>What rounding takes away is not lost: it stays behind in a residual, and the next values are sent together with it (Seide et
 * al., 2014, "1-Bit Stochastic Gradient Descent and its Application to Data-Parallel Distributed Training of Speech DNNs";
 * Karimireddy et al., 2019, "Error Feedback Fixes SignSGD and other Gradient Compression Schemes"). Over many rounds, what
 * arrives adds up to what was sent, but for one residual.
 *
 * <pre>{@code
 * byte[] sent = Wire.INT8.encode(gradient, 0, gradient.length, residual);   // residual: zeros before the first round
 * float[] arrived = Wire.INT8.decode(sent);
 * }</pre>
 *
 * <p>A value that is not finite arrives as one that is not finite, so that a replica that diverged shows; it leaves the residual as
 * it was. Bytes are little-endian and depend on values and residual alone; values may be sent in slices of multiples of {@link
 * #BLOCK} and make the same bytes.
 */
public enum Wire {
    /** Four bytes, exact. */
    FLOAT32 {
        @Override
        public byte[] encode(float[] values, int from, int to, float[] residual) {
            ByteBuffer bytes = little((to - from) * Float.BYTES);
            bytes.asFloatBuffer().put(values, from, to - from);
            return bytes.array();
        }

        @Override
        public float[] decode(byte[] bytes) {
            requireWhole(bytes, Float.BYTES);
            FloatBuffer floats = little(bytes).asFloatBuffer();
            float[] values = new float[floats.remaining()];
            floats.get(values);
            return values;
        }

        @Override
        public double bytesPerValue() {
            return Float.BYTES;
        }
    },

    /** Two bytes: the upper half of a float, rounded to the nearest, an error of up to 2^-8 of the value. */
    BFLOAT16 {
        @Override
        public byte[] encode(float[] values, int from, int to, float[] residual) {
            requireResidual(to, residual);
            short[] shorts = new short[to - from];
            for (int i = from; i < to; i++) {
                float whole = values[i] + residual[i];
                short bits = BrainFloat.bits(whole);
                float left = whole - BrainFloat.value(bits);
                if (Float.isFinite(left)) {
                    residual[i] = left;
                }
                shorts[i - from] = bits;
            }
            ByteBuffer bytes = little(shorts.length * Short.BYTES);
            bytes.asShortBuffer().put(shorts);
            return bytes.array();
        }

        @Override
        public float[] decode(byte[] bytes) {
            requireWhole(bytes, Short.BYTES);
            ShortBuffer shorts = little(bytes).asShortBuffer();
            float[] values = new float[shorts.remaining()];
            for (int i = 0; i < values.length; i++) {
                values[i] = BrainFloat.value(shorts.get(i));
            }
            return values;
        }

        @Override
        public double bytesPerValue() {
            return Short.BYTES;
        }
    },

    /**
     * One byte, and a scale for each {@link #BLOCK} values: the largest of them is 127, an error of up to 1/254 of it (Dettmers et
     * al., 2022, "8-bit Optimizers via Block-wise Quantization").
     */
    INT8 {
        @Override
        public byte[] encode(float[] values, int from, int to, float[] residual) {
            requireResidual(to, residual);
            int blocks = (to - from + BLOCK - 1) / BLOCK;
            ByteBuffer bytes = little(to - from + blocks * Float.BYTES);
            double[] whole = new double[BLOCK];
            for (int at = from; at < to; at += BLOCK) {
                int n = Math.min(BLOCK, to - at);
                for (int i = 0; i < n; i++) {
                    whole[i] = (double) values[at + i] + residual[at + i];
                }
                float scale = scale(whole, n);
                bytes.putFloat(scale);
                for (int i = 0; i < n; i++) {
                    byte code = code(whole[i], scale);
                    bytes.put(code);
                    if (!Float.isNaN(scale)) {
                        residual[at + i] = (float) (whole[i] - (double) code * scale);
                    }
                }
            }
            return bytes.array();
        }

        @Override
        public float[] decode(byte[] bytes) {
            int blockBytes = BLOCK + Float.BYTES;
            int last = bytes.length % blockBytes;
            if (last > 0 && last <= Float.BYTES) {
                throw new IllegalArgumentException(bytes.length + " bytes are no blocks of a scale of " + Float.BYTES
                        + " bytes and 1.." + BLOCK + " values: the contribution is cut off");
            }
            int blocks = (bytes.length + blockBytes - 1) / blockBytes;
            float[] values = new float[bytes.length - blocks * Float.BYTES];
            ByteBuffer little = little(bytes);
            for (int at = 0; at < values.length; at += BLOCK) {
                float scale = little.getFloat();
                int n = Math.min(BLOCK, values.length - at);
                for (int i = at; i < at + n; i++) {
                    values[i] = little.get() * scale;
                }
            }
            return values;
        }

        @Override
        public double bytesPerValue() {
            return 1 + (double) Float.BYTES / BLOCK;
        }
    };

    /** Values that share a scale. */
    public static final int BLOCK = 256;

    private static final int LARGEST_CODE = 127;

    /**
     * Writes {@code values[from .. to)}.
     *
     * @param residual what earlier calls did not send, at the same indexes as the values: is added to them, and then holds what
     *     this call did not send. An exact wire does not look at it
     * @throws IllegalArgumentException when the wire is not exact and the residual is too short
     */
    public abstract byte[] encode(float[] values, int from, int to, float[] residual);

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException when some of it is missing
     */
    public abstract float[] decode(byte[] bytes);

    /** Bytes that a value costs, with its share of a block's scale. */
    public abstract double bytesPerValue();

    /** Whether values arrive as they were sent, and no residual is needed. */
    public boolean isExact() {
        return this == FLOAT32;
    }

    /** The word that selects it: {@code float32}, {@code bfloat16}, {@code int8}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Wire::word).toList();
    }

    /**
     * The wire of that name.
     *
     * @throws IllegalArgumentException for another name, listing these
     */
    public static Wire named(String name) {
        return Arrays.stream(values())
                .filter(wire -> wire.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("wire must be one of " + words() + ", got " + name));
    }

    /** What a code of 1 stands for; NaN where not all are finite. */
    private static float scale(double[] values, int n) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(values[i])); // NaN stays NaN
        }
        return largest <= Float.MAX_VALUE ? (float) (largest / LARGEST_CODE) : Float.NaN;
    }

    /** To the nearest, of two the even one. A scale that rounding made 0, or smaller than it should be, leaves the rest behind. */
    private static byte code(double value, float scale) {
        double code = scale == 0 ? 0 : Math.rint(value / scale);
        return (byte) Math.max(-LARGEST_CODE, Math.min(LARGEST_CODE, code)); // NaN becomes 0
    }

    private static void requireResidual(int to, float[] residual) {
        if (residual == null || residual.length < to) {
            throw new IllegalArgumentException("a wire that rounds needs a residual of >= " + to + " values, got "
                    + (residual == null ? "none" : residual.length));
        }
    }

    private static void requireWhole(byte[] bytes, int each) {
        if (bytes.length % each != 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are no values of " + each + ": the contribution is cut off");
        }
    }

    private static ByteBuffer little(int size) {
        return little(new byte[size]);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
