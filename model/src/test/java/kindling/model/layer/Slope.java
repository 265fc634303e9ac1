package kindling.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import kindling.model.tensor.Matrix;

/** Gradients against central differences of a loss that runs the real forward. */
final class Slope {

    /** Half the distance of the two points: larger loses curvature, smaller drowns in single precision. */
    private static final float NUDGE = 1e-2f;
    /** Of the largest gradient. */
    private static final double TOLERANCE = 3e-3;
    /** A prime number of values is tried where there are more: every row and column has its turn. */
    private static final int MOST = 211;

    private Slope() {}

    /**
     * Asserts that {@code gradient} holds the derivative of the loss by each of the first {@code size} values of {@code
     * at}.
     */
    static void assertGradient(String name, Matrix at, int size, Matrix gradient, DoubleSupplier loss) {
        float[] expected = values(gradient, size);
        double largest = 1e-3;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        int stride = Math.max(1, size / MOST);
        float[] values = values(at, size);
        for (int i = 0; i < size; i += stride) {
            double slope = (nudged(at, values, i, NUDGE, loss) - nudged(at, values, i, -NUDGE, loss)) / (2 * NUDGE);
            at.put(0, values);
            assertThat(Math.abs(slope - expected[i]))
                    .as("%s[%d]: slope %s, gradient %s", name, i, slope, expected[i])
                    .isLessThan(TOLERANCE * largest);
        }
    }

    private static double nudged(Matrix at, float[] values, int i, float by, DoubleSupplier loss) {
        float[] moved = values.clone();
        moved[i] += by;
        at.put(0, moved);
        return loss.getAsDouble();
    }

    /** The weighted sum of the first values of a result: a loss whose gradient by the result is the weights. */
    static double dot(Matrix result, Matrix weights, int size) {
        float[] a = values(result, size);
        float[] b = values(weights, size);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    static float[] values(Matrix matrix, int size) {
        float[] values = new float[size];
        matrix.get(0, 0, values, 0, size);
        return values;
    }

    /** Sets the first values to uniform draws in -1 .. 1. */
    static void randomize(Matrix matrix, int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        matrix.put(0, values);
    }
}
