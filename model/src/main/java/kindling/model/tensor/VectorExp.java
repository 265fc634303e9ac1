package kindling.model.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * exp(x) in single precision, the same bits for a vector, a scalar, and at every stage of compilation.
 *
 * <p>x = n ln 2 + r with |r| <= ln 2 / 2; exp(r) by the polynomial of Cephes' expf (Moshier, 1992), error below 2 units
 * in the last place; times 2^n, rounded once, so that NaN stays NaN. The library's own vector exp is not used because its
 * bits change when the loop around it is compiled.
 */
final class VectorExp {

    /** Smallest argument whose exponential is a normal number; smaller ones are taken for it. */
    static final float LOWEST = -87.3f;
    /** Largest argument whose exponential is finite; larger ones are taken for it. */
    static final float HIGHEST = 88.3f;

    private static final float LOG2_E = 1.442695f;
    /** Adding 1.5 * 2^23 rounds to a whole number, which then stands in the low bits. */
    private static final float ROUND = 12_582_912f;
    // ln 2 in two parts: the first, 355/512, times n is exact.
    private static final float LN2_HIGH = 355f / 512f;
    private static final float LN2_LOW = -2.1219444e-4f;
    private static final float P0 = 1.9875691e-4f;
    private static final float P1 = 1.3981999e-3f;
    private static final float P2 = 8.333452e-3f;
    private static final float P3 = 4.1665796e-2f;
    private static final float P4 = 1.6666666e-1f;
    private static final float P5 = 0.5f;
    private static final int MANTISSA_BITS = 23;
    /** Bits of 1, to which n is added in the exponent. */
    private static final int ONE = 127 << MANTISSA_BITS;

    private VectorExp() {}

    static FloatVector of(FloatVector argument) {
        FloatVector x = argument.max(LOWEST).min(HIGHEST);
        FloatVector rounded = x.fma(x.broadcast(LOG2_E), x.broadcast(ROUND));
        FloatVector n = rounded.sub(ROUND);
        FloatVector r = n.fma(x.broadcast(-LN2_HIGH), x);
        r = n.fma(x.broadcast(-LN2_LOW), r);
        FloatVector p = r.fma(x.broadcast(P0), x.broadcast(P1));
        p = p.fma(r, x.broadcast(P2));
        p = p.fma(r, x.broadcast(P3));
        p = p.fma(r, x.broadcast(P4));
        p = p.fma(r, x.broadcast(P5));
        p = p.fma(r.mul(r), r);
        FloatVector power = rounded.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                .add(ONE)
                .reinterpretAsFloats();
        return p.fma(power, power);
    }

    static float of(float argument) {
        float x = Math.min(Math.max(argument, LOWEST), HIGHEST);
        float rounded = Math.fma(x, LOG2_E, ROUND);
        float n = rounded - ROUND;
        float r = Math.fma(n, -LN2_HIGH, x);
        r = Math.fma(n, -LN2_LOW, r);
        float p = Math.fma(r, P0, P1);
        p = Math.fma(p, r, P2);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, P4);
        p = Math.fma(p, r, P5);
        p = Math.fma(p, r * r, r);
        float power = Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << MANTISSA_BITS) + ONE);
        return Math.fma(p, power, power);
    }
}
