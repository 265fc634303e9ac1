package kindling.model.checkpoint;

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15) and 10 fraction bits. */
final class Half {
    private static final int INFINITY = 0x7c00;
    private static final int QUIET = 0x200;
    /** Half of the distance from 65504, the largest, to what would be next: from here on a float rounds to infinity. */
    private static final float OVERFLOW = 65520;

    private static final float SMALLEST_NORMAL = 0x1p-14f;
    /** The distance of subnormal numbers is 2^-24: added to this, a float is rounded to it. */
    private static final float SUBNORMAL_ROUNDER = 0x1p-1f;

    private Half() {}

    static float value(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + (127 - 15);
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The nearest, of two the even one. */
    static short bits(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | INFINITY | QUIET | (bits >>> 13 & 0x3ff));
        }
        if (magnitude >= OVERFLOW) {
            return (short) (sign | INFINITY);
        }
        if (magnitude < SMALLEST_NORMAL) {
            float rounded = magnitude + SUBNORMAL_ROUNDER;
            return (short) (sign | (Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(SUBNORMAL_ROUNDER)));
        }
        int upright = bits & 0x7fffffff;
        int even = upright >>> 13 & 1;
        int rounded = (upright + 0xfff + even) >>> 13; // a carry out of the fraction is the next exponent
        return (short) (sign | (rounded - ((127 - 15) << 10)));
    }
}
