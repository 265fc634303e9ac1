package kindling.model.tensor;

/** bfloat16: the upper 16 bits of a float, 1 sign, 8 exponent and 7 fraction bits. */
public final class BrainFloat {
    private static final int QUIET = 0x40;

    private BrainFloat() {}

    /** The float of which these are the upper bits. */
    public static float value(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest, of two the even one; what is too large becomes infinite, and NaN stays NaN. */
    public static short bits(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short)
                    (bits >>> 16 | QUIET); // a NaN whose fraction was in the lower half alone must not become infinite
        }
        int even = bits >>> 16 & 1;
        return (short) ((bits + 0x7fff + even) >>> 16); // a carry out of the fraction is the next exponent, or infinity
    }
}
