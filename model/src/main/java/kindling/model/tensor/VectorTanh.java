package kindling.model.tensor;

import jdk.incubator.vector.FloatVector;

/**
 * tanh(u) to a few units in the last place, near 0 too, where 2 sigmoid(2u) - 1 cancels.
 *
 * <p>u = a + b with |a| <= 1/4, and b = 0 where that is all of u: tanh(u) = (tanh a + tanh b) / (1 + tanh a tanh b), with the
 * series of tanh for a and the sigmoid for b, which gives exactly 0 for 0. Needs no mask, which would be garbage in Java 17.
 */
final class VectorTanh {

    private static final float LIMIT = 0.25f;
    // The series u - u^3 / 3 + 2 u^5 / 15 - 17 u^7 / 315 + 62 u^9 / 2835; what follows is below 1e-8 of u.
    private static final float P3 = -1f / 3;
    private static final float P5 = 2f / 15;
    private static final float P7 = -17f / 315;
    private static final float P9 = 62f / 2835;

    private VectorTanh() {}

    static FloatVector of(FloatVector u) {
        FloatVector a = u.max(-LIMIT).min(LIMIT);
        FloatVector minusTwice = u.sub(a).mul(-2f);
        FloatVector outer =
                u.broadcast(2f).div(VectorExp.of(minusTwice).add(1f)).sub(1f);
        FloatVector square = a.mul(a);
        FloatVector p = square.fma(u.broadcast(P9), u.broadcast(P7));
        p = p.fma(square, u.broadcast(P5));
        p = p.fma(square, u.broadcast(P3));
        FloatVector inner = p.mul(square).fma(a, a);
        return inner.add(outer).div(inner.fma(outer, u.broadcast(1f)));
    }

    static float of(float u) {
        float a = Math.min(Math.max(u, -LIMIT), LIMIT);
        float outer = 2f / (VectorExp.of((u - a) * -2f) + 1f) - 1f;
        float square = a * a;
        float p = Math.fma(square, P9, P7);
        p = Math.fma(p, square, P5);
        p = Math.fma(p, square, P3);
        float inner = Math.fma(p * square, a, a);
        return (inner + outer) / Math.fma(inner, outer, 1f);
    }
}
