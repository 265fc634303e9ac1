package kindling.model.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Norms of rows, and their gradient, in vectors; ends of rows one value at a time by the same formulas. */
final class VectorNorm {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final float[] lanes = new float[LANES];

    float squares(float[] x, int from, int n, float mean) {
        int whole = SPECIES.loopBound(n);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
            sums = v.fma(v, sums);
        }
        sums.intoArray(lanes, 0);
        float sum = inOrder();
        for (int i = from + whole; i < from + n; i++) {
            sum = Math.fma(x[i] - mean, x[i] - mean, sum);
        }
        return sum;
    }

    void normalise(float[] x, int n, float mean, float inverse, float[] w, float[] b) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector h = FloatVector.fromArray(SPECIES, x, i).sub(mean).mul(inverse);
            h.fma(FloatVector.fromArray(SPECIES, w, i), FloatVector.fromArray(SPECIES, b, i))
                    .intoArray(x, i);
        }
        for (int i = whole; i < n; i++) {
            x[i] = Math.fma((x[i] - mean) * inverse, w[i], b[i]);
        }
    }

    void gradient(
            float[] x,
            int xFrom,
            float[] dy,
            int dyFrom,
            float[] dx,
            int dxFrom,
            float[] w,
            float[] dw,
            int n,
            float mean,
            float inverse,
            boolean centred,
            boolean add) {
        int whole = SPECIES.loopBound(n);
        FloatVector sumsG = FloatVector.zero(SPECIES);
        FloatVector sumsGh = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector h =
                    FloatVector.fromArray(SPECIES, x, xFrom + i).sub(mean).mul(inverse);
            FloatVector d = FloatVector.fromArray(SPECIES, dy, dyFrom + i);
            FloatVector g = d.mul(FloatVector.fromArray(SPECIES, w, i));
            d.fma(h, FloatVector.fromArray(SPECIES, dw, i)).intoArray(dw, i);
            sumsG = sumsG.add(g);
            sumsGh = g.fma(h, sumsGh);
        }
        sumsG.intoArray(lanes, 0);
        float sumG = inOrder();
        sumsGh.intoArray(lanes, 0);
        float sumGh = inOrder();
        for (int i = whole; i < n; i++) {
            float h = (x[xFrom + i] - mean) * inverse;
            float g = dy[dyFrom + i] * w[i];
            dw[i] = Math.fma(dy[dyFrom + i], h, dw[i]);
            sumG += g;
            sumGh = Math.fma(g, h, sumGh);
        }
        float meanG = centred ? sumG / n : 0;
        float meanGh = sumGh / n;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector h =
                    FloatVector.fromArray(SPECIES, x, xFrom + i).sub(mean).mul(inverse);
            FloatVector g = FloatVector.fromArray(SPECIES, dy, dyFrom + i).mul(FloatVector.fromArray(SPECIES, w, i));
            FloatVector gradient = g.sub(meanG).sub(h.mul(meanGh)).mul(inverse);
            if (add) { // two stores: one vector out of two branches would be an object
                gradient.add(FloatVector.fromArray(SPECIES, dx, dxFrom + i)).intoArray(dx, dxFrom + i);
            } else {
                gradient.intoArray(dx, dxFrom + i);
            }
        }
        for (int i = whole; i < n; i++) {
            float h = (x[xFrom + i] - mean) * inverse;
            float gradient = inverse * (dy[dyFrom + i] * w[i] - meanG - h * meanGh);
            dx[dxFrom + i] = add ? dx[dxFrom + i] + gradient : gradient;
        }
    }

    private float inOrder() {
        float sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += lanes[i];
        }
        return sum;
    }
}
