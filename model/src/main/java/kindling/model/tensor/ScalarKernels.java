package kindling.model.tensor;

import java.util.Arrays;

/** The obvious loops: what runs without the vector module, and what the vector kernels are tested against. */
final class ScalarKernels implements RowKernels {

    private static final float ROOT_2_OVER_PI = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBIC = 0.044715f;

    @Override
    public int panelRows() {
        return 4;
    }

    @Override
    public void panel(int rows, float[] x, int xAt, int n, float[] w, int wAt, float[] y, int yAt) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < PANEL; column++) {
                float sum = y[yAt + row * PANEL + column];
                for (int i = 0; i < n; i++) {
                    sum = Math.fma(x[xAt + i * rows + row], w[wAt + i * PANEL + column], sum);
                }
                y[yAt + row * PANEL + column] = sum;
            }
        }
    }

    @Override
    public void mix(float[] p, int n, float[] v, int vAt, int stride, float[] y, int yAt, int width) {
        sumOfRows(p, n, v, vAt, stride, y, yAt, width);
    }

    static void sumOfRows(float[] p, int n, float[] v, int vAt, int stride, float[] y, int yAt, int width) {
        for (int column = 0; column < width; column++) {
            float sum = 0;
            for (int i = 0; i < n; i++) {
                sum = Math.fma(p[i], v[vAt + i * stride + column], sum);
            }
            y[yAt + column] = sum;
        }
    }

    @Override
    public float max(float[] x, int from, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + n; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    @Override
    public float sum(float[] x, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += x[i];
        }
        return (float) sum;
    }

    @Override
    public float dot(float[] x, int xFrom, float[] y, int yFrom, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (double) x[xFrom + i] * y[yFrom + i];
        }
        return (float) sum;
    }

    @Override
    public float exp(float[] x, int from, int n, float shift) {
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            float argument = Math.min(Math.max(x[i] - shift, VectorExp.LOWEST), VectorExp.HIGHEST);
            x[i] = (float) StrictMath.exp(argument);
            sum += x[i];
        }
        return (float) sum;
    }

    @Override
    public void gelu(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * sigmoid(2 * inner(x[i]));
        }
    }

    @Override
    public void geluGradient(float[] x, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            float s = sigmoid(2 * inner(x[i]));
            float slope = 2 * ROOT_2_OVER_PI * (1 + 3 * CUBIC * x[i] * x[i]);
            dx[i] = dy[i] * (s + x[i] * s * (1 - s) * slope);
        }
    }

    private static float inner(float x) {
        return ROOT_2_OVER_PI * (x + CUBIC * x * x * x);
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + StrictMath.exp(-x)));
    }

    @Override
    public void swiglu(float[] gateUp, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = gateUp[i] * sigmoid(gateUp[i]) * gateUp[n + i];
        }
    }

    @Override
    public void swigluGradient(float[] gateUp, float[] dy, float[] dGateUp, int n) {
        for (int i = 0; i < n; i++) {
            float gate = gateUp[i];
            float s = sigmoid(gate);
            dGateUp[i] = dy[i] * gateUp[n + i] * (s + gate * s * (1 - s));
            dGateUp[n + i] = dy[i] * gate * s;
        }
    }

    @Override
    public void rotate(float[] x, int from, int half, float[] cos, float[] sin, int at, float sign) {
        for (int i = 0; i < half; i++) {
            float a = x[from + i];
            float b = x[from + half + i];
            float s = sign * sin[at + i];
            x[from + i] = a * cos[at + i] - b * s;
            x[from + half + i] = b * cos[at + i] + a * s;
        }
    }

    @Override
    public void geluErf(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (float) (x[i] * phi(x[i]));
        }
    }

    @Override
    public void geluErfGradient(float[] x, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            double density = StrictMath.exp(-0.5 * x[i] * x[i]) / Math.sqrt(2 * Math.PI);
            dx[i] = (float) (dy[i] * (phi(x[i]) + x[i] * density));
        }
    }

    /**
     * The normal distribution's integral, by 7.1.26 of Abramowitz and Stegun (1964), "Handbook of Mathematical Functions": 1.5e-7
     * at most from the true error function.
     */
    private static double phi(double x) {
        double z = Math.abs(x) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * z);
        double series =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        double tail = 0.5 * series * StrictMath.exp(-z * z);
        return x < 0 ? tail : 1 - tail;
    }

    @Override
    public void silu(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * sigmoid(x[i]);
        }
    }

    @Override
    public void siluGradient(float[] x, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            float s = sigmoid(x[i]);
            dx[i] = dy[i] * (s + x[i] * s * (1 - s));
        }
    }

    @Override
    public void softCap(float[] x, int n, float cap) {
        for (int i = 0; i < n; i++) {
            x[i] = (float) (cap * StrictMath.tanh(x[i] / cap));
        }
    }

    @Override
    public float squares(float[] x, int from, int n, float mean) {
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += ((double) x[i] - mean) * ((double) x[i] - mean);
        }
        return (float) sum;
    }

    @Override
    public void normalise(float[] x, int n, float mean, float inverse, float[] w, float[] b) {
        for (int i = 0; i < n; i++) {
            x[i] = (x[i] - mean) * inverse * w[i] + b[i];
        }
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
        double sumG = 0;
        double sumGh = 0;
        for (int i = 0; i < n; i++) {
            float h = (x[xFrom + i] - mean) * inverse;
            float g = dy[dyFrom + i] * w[i];
            dw[i] += dy[dyFrom + i] * h;
            sumG += g;
            sumGh += g * h;
        }
        float meanG = centred ? (float) (sumG / n) : 0;
        float meanGh = (float) (sumGh / n);
        for (int i = 0; i < n; i++) {
            float h = (x[xFrom + i] - mean) * inverse;
            float gradient = inverse * (dy[dyFrom + i] * w[i] - meanG - h * meanGh);
            dx[dxFrom + i] = add ? dx[dxFrom + i] + gradient : gradient;
        }
    }

    @Override
    public void softmax(float[] x, int at, int from, int to, int width, float[] kept, int keptAt) {
        Arrays.fill(x, at, at + from, 0f);
        Arrays.fill(x, at + to, at + width, 0f);
        kept[keptAt] = max(x, at + from, to - from);
        kept[keptAt + 1] = from == to ? 0 : 1 / exp(x, at + from, to - from, kept[keptAt]);
        scale(x, at + from, to - from, kept[keptAt + 1]);
    }

    @Override
    public void softmaxGradient(
            float[] x, float[] dx, int at, int from, int to, int width, float[] kept, int keptAt, float scale) {
        Arrays.fill(x, at, at + from, 0f);
        Arrays.fill(x, at + to, at + width, 0f);
        Arrays.fill(dx, at, at + from, 0f);
        Arrays.fill(dx, at + to, at + width, 0f);
        exp(x, at + from, to - from, kept[keptAt]);
        scale(x, at + from, to - from, kept[keptAt + 1]);
        float mean = dot(x, at + from, dx, at + from, to - from);
        for (int i = at + from; i < at + to; i++) {
            dx[i] = scale * x[i] * (dx[i] - mean);
        }
    }

    @Override
    public void adamW(float[] p, float[] g, float[] m, float[] v, int n, Adam by) {
        adamW(p, g, m, v, 0, n, by);
    }

    static void adamW(float[] p, float[] g, float[] m, float[] v, int from, int n, Adam by) {
        for (int i = from; i < n; i++) {
            float gradient = g[i] * by.clip();
            m[i] = by.beta1() * m[i] + by.fresh1() * gradient;
            v[i] = by.beta2() * v[i] + by.fresh2() * gradient * gradient;
            float root = (float) Math.sqrt(v[i] * by.correction());
            p[i] = p[i] * by.keep() - by.rate() * m[i] / (root + by.epsilon());
        }
    }

    @Override
    public void dropout(float[] x, int from, int n, int column, int key, int secondKey, int threshold, float factor) {
        dropout(x, from, 0, n, column, key, secondKey, threshold, factor);
    }

    static void dropout(
            float[] x, int from, int start, int n, int column, int key, int secondKey, int threshold, float factor) {
        for (int i = start; i < n; i++) {
            x[from + i] = hash(column + i, key, secondKey) >>> 8 < threshold ? 0 : x[from + i] * factor;
        }
    }

    private static int hash(int element, int key, int secondKey) {
        int h = element * VectorDropout.GOLDEN + key;
        h = (h ^ h >>> 16) * VectorDropout.FIRST ^ secondKey;
        h = (h ^ h >>> 15) * VectorDropout.SECOND;
        return h ^ h >>> 15;
    }
}
