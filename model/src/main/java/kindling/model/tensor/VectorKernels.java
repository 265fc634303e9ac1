package kindling.model.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the widest vectors of the machine; the ends of rows, shorter than a vector, one value at a time by the
 * same formulas.
 */
final class VectorKernels implements RowKernels {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float ROOT_2_OVER_PI = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBIC = 0.044715f;

    private final VectorNorm norm = new VectorNorm();
    private final VectorSoftmax softmax = new VectorSoftmax();
    private final float[] lanes = new float[LANES];

    @Override
    public int panelRows() {
        return VectorPanel.ROWS;
    }

    @Override
    public void panel(int rows, float[] x, int xAt, int n, float[] w, int wAt, float[] y, int yAt) {
        VectorPanel.multiply(rows, x, xAt, n, w, wAt, y, yAt);
    }

    @Override
    public void widen(byte[] from, int at, int n, float[] to) {
        VectorPanel.widen(from, at, n, to);
    }

    @Override
    public void mix(float[] p, int n, float[] v, int vAt, int stride, float[] y, int yAt, int width) {
        VectorPanel.mix(p, n, v, vAt, stride, y, yAt, width);
    }

    @Override
    public float max(float[] x, int from, int n) {
        int whole = SPECIES.loopBound(n);
        FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < whole; i += LANES) {
            largest = largest.max(FloatVector.fromArray(SPECIES, x, from + i));
        }
        largest.intoArray(lanes, 0);
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < LANES; i++) {
            max = Math.max(max, lanes[i]);
        }
        for (int i = from + whole; i < from + n; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    @Override
    public float sum(float[] x, int from, int n) {
        int whole = SPECIES.loopBound(n);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            sums = sums.add(FloatVector.fromArray(SPECIES, x, from + i));
        }
        sums.intoArray(lanes, 0);
        float sum = inOrder();
        for (int i = from + whole; i < from + n; i++) {
            sum += x[i];
        }
        return sum;
    }

    /** The sum of the lanes: the order of the compiler's own reduction is its own. Takes no vector, which would be an object. */
    private float inOrder() {
        float sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += lanes[i];
        }
        return sum;
    }

    @Override
    public float dot(float[] x, int xFrom, float[] y, int yFrom, int n) {
        int whole = SPECIES.loopBound(n);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, x, xFrom + i);
            sums = left.fma(FloatVector.fromArray(SPECIES, y, yFrom + i), sums);
        }
        sums.intoArray(lanes, 0);
        float sum = inOrder();
        for (int i = whole; i < n; i++) {
            sum = Math.fma(x[xFrom + i], y[yFrom + i], sum);
        }
        return sum;
    }

    @Override
    public float exp(float[] x, int from, int n, float shift) {
        int whole = SPECIES.loopBound(n);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector e =
                    VectorExp.of(FloatVector.fromArray(SPECIES, x, from + i).sub(shift));
            e.intoArray(x, from + i);
            sums = sums.add(e);
        }
        sums.intoArray(lanes, 0);
        float sum = inOrder();
        for (int i = from + whole; i < from + n; i++) {
            x[i] = VectorExp.of(x[i] - shift);
            sum += x[i];
        }
        return sum;
    }

    @Override
    public void gelu(float[] x, float[] y, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            v.mul(geluSigmoid(v, v.mul(v))).intoArray(y, i);
        }
        for (int i = whole; i < n; i++) {
            y[i] = x[i] * geluSigmoid(x[i]);
        }
    }

    @Override
    public void geluGradient(float[] x, float[] dy, float[] dx, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector square = v.mul(v);
            FloatVector s = geluSigmoid(v, square);
            // x s (1 - s) is x s - x s s
            FloatVector slope = square.fma(v.broadcast(6 * ROOT_2_OVER_PI * CUBIC), v.broadcast(2 * ROOT_2_OVER_PI));
            FloatVector vs = v.mul(s);
            FloatVector gradient = vs.sub(vs.mul(s)).fma(slope, s);
            gradient.mul(FloatVector.fromArray(SPECIES, dy, i)).intoArray(dx, i);
        }
        for (int i = whole; i < n; i++) {
            float s = geluSigmoid(x[i]);
            float slope = Math.fma(x[i] * x[i], 6 * ROOT_2_OVER_PI * CUBIC, 2 * ROOT_2_OVER_PI);
            float vs = x[i] * s;
            dx[i] = Math.fma(vs - vs * s, slope, s) * dy[i];
        }
    }

    /** sigmoid(2u), u = sqrt(2/pi) (x + 0.044715 x^3). */
    private static FloatVector geluSigmoid(FloatVector x, FloatVector square) {
        FloatVector cubic = square.fma(x.broadcast(CUBIC), x.broadcast(1f));
        return sigmoid(x.mul(-2 * ROOT_2_OVER_PI).mul(cubic));
    }

    private static float geluSigmoid(float x) {
        return sigmoid(x * (-2 * ROOT_2_OVER_PI) * Math.fma(x * x, CUBIC, 1f));
    }

    /** 1 / (1 + exp(minusX)). */
    private static FloatVector sigmoid(FloatVector minusX) {
        return minusX.broadcast(1f).div(VectorExp.of(minusX).add(1f));
    }

    private static float sigmoid(float minusX) {
        return 1f / (VectorExp.of(minusX) + 1f);
    }

    @Override
    public void swiglu(float[] gateUp, float[] y, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector gate = FloatVector.fromArray(SPECIES, gateUp, i);
            FloatVector silu = gate.mul(sigmoid(gate.neg()));
            silu.mul(FloatVector.fromArray(SPECIES, gateUp, n + i)).intoArray(y, i);
        }
        for (int i = whole; i < n; i++) {
            y[i] = gateUp[i] * sigmoid(-gateUp[i]) * gateUp[n + i];
        }
    }

    @Override
    public void swigluGradient(float[] gateUp, float[] dy, float[] dGateUp, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector gate = FloatVector.fromArray(SPECIES, gateUp, i);
            FloatVector up = FloatVector.fromArray(SPECIES, gateUp, n + i);
            FloatVector d = FloatVector.fromArray(SPECIES, dy, i);
            FloatVector s = sigmoid(gate.neg());
            FloatVector silu = gate.mul(s);
            silu.sub(silu.mul(s)).add(s).mul(up).mul(d).intoArray(dGateUp, i);
            silu.mul(d).intoArray(dGateUp, n + i);
        }
        for (int i = whole; i < n; i++) {
            float s = sigmoid(-gateUp[i]);
            float silu = gateUp[i] * s;
            dGateUp[i] = (silu - silu * s + s) * gateUp[n + i] * dy[i];
            dGateUp[n + i] = silu * dy[i];
        }
    }

    @Override
    public void rotate(float[] x, int from, int half, float[] cos, float[] sin, int at, float sign) {
        int whole = SPECIES.loopBound(half);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, from + i);
            FloatVector b = FloatVector.fromArray(SPECIES, x, from + half + i);
            FloatVector c = FloatVector.fromArray(SPECIES, cos, at + i);
            FloatVector s = FloatVector.fromArray(SPECIES, sin, at + i).mul(sign);
            a.mul(c).sub(b.mul(s)).intoArray(x, from + i);
            b.mul(c).add(a.mul(s)).intoArray(x, from + half + i);
        }
        for (int i = whole; i < half; i++) {
            float a = x[from + i];
            float b = x[from + half + i];
            float s = sign * sin[at + i];
            x[from + i] = a * cos[at + i] - b * s;
            x[from + half + i] = b * cos[at + i] + a * s;
        }
    }

    @Override
    public void geluErf(float[] x, float[] y, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            v.mul(VectorNormal.phi(v, VectorNormal.bell(v))).intoArray(y, i);
        }
        for (int i = whole; i < n; i++) {
            y[i] = x[i] * VectorNormal.phi(x[i], VectorNormal.bell(x[i]));
        }
    }

    @Override
    public void geluErfGradient(float[] x, float[] dy, float[] dx, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector bell = VectorNormal.bell(v);
            FloatVector slope = v.mul(VectorNormal.HEIGHT).fma(bell, VectorNormal.phi(v, bell));
            slope.mul(FloatVector.fromArray(SPECIES, dy, i)).intoArray(dx, i);
        }
        for (int i = whole; i < n; i++) {
            float bell = VectorNormal.bell(x[i]);
            float slope = Math.fma(x[i] * VectorNormal.HEIGHT, bell, VectorNormal.phi(x[i], bell));
            dx[i] = slope * dy[i];
        }
    }

    @Override
    public void silu(float[] x, float[] y, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            v.mul(sigmoid(v.neg())).intoArray(y, i);
        }
        for (int i = whole; i < n; i++) {
            y[i] = x[i] * sigmoid(-x[i]);
        }
    }

    @Override
    public void siluGradient(float[] x, float[] dy, float[] dx, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector s = sigmoid(v.neg());
            FloatVector silu = v.mul(s);
            silu.sub(silu.mul(s))
                    .add(s)
                    .mul(FloatVector.fromArray(SPECIES, dy, i))
                    .intoArray(dx, i);
        }
        for (int i = whole; i < n; i++) {
            float s = sigmoid(-x[i]);
            float silu = x[i] * s;
            dx[i] = (silu - silu * s + s) * dy[i];
        }
    }

    @Override
    public void softCap(float[] x, int n, float cap) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector u = FloatVector.fromArray(SPECIES, x, i).mul(1 / cap);
            VectorTanh.of(u).mul(cap).intoArray(x, i);
        }
        for (int i = whole; i < n; i++) {
            x[i] = VectorTanh.of(x[i] * (1 / cap)) * cap;
        }
    }

    @Override
    public float squares(float[] x, int from, int n, float mean) {
        return norm.squares(x, from, n, mean);
    }

    @Override
    public void normalise(float[] x, int n, float mean, float inverse, float[] w, float[] b) {
        norm.normalise(x, n, mean, inverse, w, b);
    }

    @Override
    public void normGradient(
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
        norm.gradient(x, xFrom, dy, dyFrom, dx, dxFrom, w, dw, n, mean, inverse, centred, add);
    }

    @Override
    public void softmax(float[] x, int at, int from, int to, int width, float[] kept, int keptAt) {
        softmax.forward(x, at, from, to, width, kept, keptAt);
    }

    @Override
    public void softmaxGradient(
            float[] x, float[] dx, int at, int from, int to, int width, float[] kept, int keptAt, float scale) {
        softmax.backward(x, dx, at, from, to, width, kept, keptAt, scale);
    }

    @Override
    public void adamW(float[] p, float[] g, float[] m, float[] v, int n, Adam by) {
        int whole = VectorAdam.apply(p, g, m, v, n, by);
        ScalarKernels.adamW(p, g, m, v, whole, n, by);
    }

    @Override
    public void dropout(float[] x, int from, int n, int column, int key, int secondKey, int threshold, float factor) {
        int whole = VectorDropout.apply(x, from, n, column, key, secondKey, threshold, factor);
        ScalarKernels.dropout(x, from, whole, n, column, key, secondKey, threshold, factor);
    }
}
