package kindling.model.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The normal distribution in single precision: its integral Phi by 7.1.26 of Abramowitz and Stegun (1964), "Handbook of
 * Mathematical Functions", which is within 1e-7 of the true one and needs only the exponential that its slope needs too.
 */
final class VectorNormal {

    /** 1 / sqrt(2 pi): the density at 0. */
    static final float HEIGHT = 0.3989423f;

    /** 0.3275911 / sqrt 2. */
    private static final float P = 0.23164189f;

    private static final float A1 = 0.5f * 0.254829592f;
    private static final float A2 = 0.5f * -0.284496736f;
    private static final float A3 = 0.5f * 1.421413741f;
    private static final float A4 = 0.5f * -1.453152027f;
    private static final float A5 = 0.5f * 1.061405429f;

    private VectorNormal() {}

    /** exp(-x^2 / 2). */
    static FloatVector bell(FloatVector x) {
        return VectorExp.of(x.mul(x).mul(-0.5f));
    }

    static float bell(float x) {
        return VectorExp.of(x * x * -0.5f);
    }

    /** Phi(x), given {@link #bell} of it. */
    static FloatVector phi(FloatVector x, FloatVector bell) {
        FloatVector one = x.broadcast(1f);
        FloatVector t = one.div(x.abs().fma(x.broadcast(P), one));
        FloatVector series = t.fma(x.broadcast(A5), x.broadcast(A4));
        series = series.fma(t, x.broadcast(A3));
        series = series.fma(t, x.broadcast(A2));
        series = series.fma(t, x.broadcast(A1));
        FloatVector tail = series.mul(t).mul(bell);
        VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
        return one.sub(tail).blend(tail, negative);
    }

    static float phi(float x, float bell) {
        float t = 1f / Math.fma(Math.abs(x), P, 1f);
        float series = Math.fma(t, A5, A4);
        series = Math.fma(series, t, A3);
        series = Math.fma(series, t, A2);
        series = Math.fma(series, t, A1);
        float tail = series * t * bell;
        return x < 0 ? tail : 1f - tail;
    }
}
