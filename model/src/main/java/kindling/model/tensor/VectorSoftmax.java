package kindling.model.tensor;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of a run within a row, and its gradient, in whole vectors: rows of an attention are short, and their ends would take
 * longer than the rest one value at a time. What lies beside the run in its first and last vector is set to the lowest score,
 * whose exponential is lost in any sum, and to 0 in the end. Masks would make garbage in Java 17.
 */
final class VectorSoftmax {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final float[] lanes = new float[LANES];

    void forward(float[] x, int at, int from, int to, int width, float[] kept, int keptAt) {
        if (from == to) {
            Arrays.fill(x, at, at + width, 0f);
            kept[keptAt] = 0;
            kept[keptAt + 1] = 0;
            return;
        }
        int first = at + (from & -LANES);
        int end = at + (to + LANES - 1 & -LANES);
        Arrays.fill(x, first, at + from, -Float.MAX_VALUE);
        Arrays.fill(x, at + to, end, -Float.MAX_VALUE);
        float max = max(x, first, end);
        float inverse = 1 / exp(x, first, end, max);
        for (int i = first; i < end; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i).mul(inverse).intoArray(x, i);
        }
        clear(x, at, from, to, width);
        kept[keptAt] = max;
        kept[keptAt + 1] = inverse;
    }

    void backward(float[] x, float[] dx, int at, int from, int to, int width, float[] kept, int keptAt, float scale) {
        int first = at + (from & -LANES);
        int end = at + (to + LANES - 1 & -LANES);
        Arrays.fill(x, first, at + from, -Float.MAX_VALUE);
        Arrays.fill(x, at + to, end, -Float.MAX_VALUE);
        // Before the products: whatever stands beside the run must not meet the zeros of p.
        clear(dx, at, from, to, width);
        float mean = probabilities(x, dx, first, end, kept[keptAt], kept[keptAt + 1]);
        for (int i = first; i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, x, i);
            FloatVector d = FloatVector.fromArray(SPECIES, dx, i);
            d.sub(mean).mul(p).mul(scale).intoArray(dx, i);
        }
        clear(x, at, from, to, width);
        clear(dx, at, from, to, width);
    }

    private static void clear(float[] x, int at, int from, int to, int width) {
        Arrays.fill(x, at, at + from, 0f);
        Arrays.fill(x, at + to, at + width, 0f);
    }

    /** The order of comparisons shows in no bit: the compiler may reduce as it likes. */
    private static float max(float[] x, int first, int end) {
        FloatVector largest = FloatVector.fromArray(SPECIES, x, first);
        for (int i = first + LANES; i < end; i += LANES) {
            largest = largest.max(FloatVector.fromArray(SPECIES, x, i));
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }

    private float exp(float[] x, int first, int end, float shift) {
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = first; i < end; i += LANES) {
            FloatVector e = VectorExp.of(FloatVector.fromArray(SPECIES, x, i).sub(shift));
            e.intoArray(x, i);
            sums = sums.add(e);
        }
        return folded(sums);
    }

    /** x becomes exp(x - shift) factor; the sum of its products with dx. */
    private float probabilities(float[] x, float[] dx, int first, int end, float shift, float factor) {
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = first; i < end; i += LANES) {
            FloatVector p = VectorExp.of(FloatVector.fromArray(SPECIES, x, i).sub(shift))
                    .mul(factor);
            p.intoArray(x, i);
            sums = p.fma(FloatVector.fromArray(SPECIES, dx, i), sums);
        }
        return folded(sums);
    }

    /** The sum of all lanes, halves added to halves: in one order, which the compiler's own reduction does not promise. */
    private float folded(FloatVector sums) {
        sums.intoArray(lanes, 0);
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }
}
