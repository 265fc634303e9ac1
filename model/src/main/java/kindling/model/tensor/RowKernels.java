package kindling.model.tensor;

/**
 * What is done to one row at a time, on the heap: everything in a transformer that is not a matrix product. Rows are
 * copied from an {@link Arena} to an array and back, which costs less than it takes to work on them.
 *
 * <p>Every result is a function of the arguments alone, bit for bit: exponentials are polynomials in fused
 * multiply-adds rather than the platform's, and sums are added up in one order, because the compiler may change either
 * while a program runs.
 *
 * <p>Belongs to one thread. To add another kernel, add it here, to {@link ScalarKernels} (the obvious way) and to
 * {@link VectorKernels}; their test compares the two.
 */
public sealed interface RowKernels permits ScalarKernels, VectorKernels {

    /**
     * The fastest kernels that this JVM can run: vectors where the module jdk.incubator.vector is present, else plain
     * loops, which are several times slower.
     */
    static RowKernels create() {
        return VectorModule.PRESENT ? new VectorKernels() : new ScalarKernels();
    }

    /** Rows of a matrix that {@link #panel} multiplies with at once: three vectors of 512 bits, six of 256. */
    int PANEL = 48;

    /** Rows that {@link #panel} multiplies fastest: 8 or 4. */
    int panelRows();

    /**
     * y (rows, PANEL) += x^T (rows, n) w (n, PANEL). Each sum goes on from what y holds, from its first product to its last, one
     * fused multiply-add each: the same bits for a row whatever the others, with vectors of any width, and however the n are parted.
     *
     * @param rows 1, 4 or {@link #panelRows}
     * @param x (n, rows): the first value of all rows, then the second
     */
    void panel(int rows, float[] x, int xAt, int n, float[] w, int wAt, float[] y, int yAt);

    /**
     * y (width) = the sum of p[i] times the i-th row of v, for i from 0 to n - 1, one fused multiply-add each: the same bits with
     * vectors of any width.
     *
     * @param stride floats from one row of v to the next
     */
    void mix(float[] p, int n, float[] v, int vAt, int stride, float[] y, int yAt, int width);

    /** Largest of x[from .. from + n); negative infinity when n is 0. */
    float max(float[] x, int from, int n);

    /** Sum of x[from .. from + n). */
    float sum(float[] x, int from, int n);

    /** Sum of the products of the first n values. */
    float dot(float[] x, int xFrom, float[] y, int yFrom, int n);

    /** Sets x[from .. from + n) to exp(x - shift) and returns their sum; a difference below -87.3 or above 88.3 counts as that. */
    float exp(float[] x, int from, int n, float shift);

    /**
     * y = GELU(x) in its tanh form, 0.5 x (1 + tanh u) with u = sqrt(2/pi) (x + 0.044715 x^3), which is x sigmoid(2u)
     * (Hendrycks and Gimpel, 2016). The first n values.
     */
    void gelu(float[] x, float[] y, int n);

    /** dx = dy GELU'(x). The first n values; dx may be dy or x. */
    void geluGradient(float[] x, float[] dy, float[] dx, int n);

    /**
     * y = silu(gate) up, silu(x) = x sigmoid(x) (Shazeer, 2020, "GLU Variants Improve Transformer").
     *
     * @param gateUp gate in [0, n), up in [n, 2n)
     */
    void swiglu(float[] gateUp, float[] y, int n);

    /** Gradient of {@link #swiglu}: dGateUp holds that of the gate in [0, n), of up in [n, 2n). */
    void swigluGradient(float[] gateUp, float[] dy, float[] dGateUp, int n);

    /**
     * Rotates the pairs (a_i, b_i) = (x[from + i], x[from + half + i]): (a cos - b sin, b cos + a sin), the rotate-half
     * form of rotary positions (Su et al., 2021). With -sin, back.
     *
     * @param at where the angles of this position start in cos and sin
     * @param sign 1, or -1 for the rotation back
     */
    void rotate(float[] x, int from, int half, float[] cos, float[] sin, int at, float sign);

    /** to[i] = from[at + i], the first n values. */
    default void widen(byte[] from, int at, int n, float[] to) {
        for (int i = 0; i < n; i++) {
            to[i] = from[at + i];
        }
    }

    /** x += y, the first n values. */
    default void add(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] += y[i];
        }
    }

    /** x[from .. from + n) *= factor. */
    default void scale(float[] x, int from, int n, float factor) {
        for (int i = from; i < from + n; i++) {
            x[i] *= factor;
        }
    }

    /** y = x Phi(x), the exact GELU, to 2e-7 of x. The first n values. */
    void geluErf(float[] x, float[] y, int n);

    /** dx = dy (Phi(x) + x phi(x)). The first n values; dx may be dy or x. */
    void geluErfGradient(float[] x, float[] dy, float[] dx, int n);

    /** y = x sigmoid(x). The first n values. */
    void silu(float[] x, float[] y, int n);

    /** Gradient of {@link #silu}; dx may be dy or x. */
    void siluGradient(float[] x, float[] dy, float[] dx, int n);

    /** y = max(x, 0)^2. The first n values. */
    default void reluSquared(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float positive = Math.max(x[i], 0f);
            y[i] = positive * positive;
        }
    }

    /** Gradient of {@link #reluSquared}; dx may be dy or x. */
    default void reluSquaredGradient(float[] x, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = 2 * Math.max(x[i], 0f) * dy[i];
        }
    }

    /** x *= y, n values from xFrom and yFrom. */
    default void multiply(float[] x, int xFrom, float[] y, int yFrom, int n) {
        for (int i = 0; i < n; i++) {
            x[xFrom + i] *= y[yFrom + i];
        }
    }

    /** x *= factor y, n values from xFrom and yFrom. */
    default void multiply(float[] x, int xFrom, float[] y, int yFrom, int n, float factor) {
        for (int i = 0; i < n; i++) {
            x[xFrom + i] = x[xFrom + i] * factor * y[yFrom + i];
        }
    }

    /** x = cap tanh(x / cap), the first n values (Gemma Team, 2024, "Gemma 2", §2). */
    void softCap(float[] x, int n, float cap);

    /** Gradient of {@link #softCap} from what it gave: dx *= 1 - (y / cap)^2, the first n values. */
    default void softCapGradient(float[] y, float[] dx, int n, float cap) {
        for (int i = 0; i < n; i++) {
            float tanh = y[i] / cap;
            dx[i] *= 1 - tanh * tanh;
        }
    }

    /** Sum of (x - mean)^2 over x[from .. from + n). */
    float squares(float[] x, int from, int n, float mean);

    /** x = (x - mean) inverse w + b, the first n values. */
    void normalise(float[] x, int n, float mean, float inverse, float[] w, float[] b);

    /**
     * Gradient of a norm of n values. With h = (x - mean) inverse and g = dy w: dx += inverse (g - mean(g) - h mean(g h)),
     * dw += dy h; of an RMS norm, mean is 0 and mean(g) left out.
     *
     * @param xFrom where the values start in x; likewise in dy and dx, which may be the array dy; w and dw start at 0
     * @param centred whether the norm takes the mean away
     * @param add whether to add to dx or to overwrite it
     */
    void normGradient(
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
            boolean add);

    /**
     * Sets x[from + i] to 0 or factor x[from + i], for i in [0, n), as a hash of (column + i) under two keys says: to 0 where its
     * upper 24 bits are below the threshold. The hash is the 32-bit finaliser "lowbias32" (Wellons, 2018,
     * https://nullprogram.com/blog/2018/07/31/) with the second key in its middle; all kernels give the same bits.
     */
    void dropout(float[] x, int from, int n, int column, int key, int secondKey, int threshold, float factor);

    /** Values that {@link #softmax} and its gradient work on at once: rows they share an array with start at multiples. */
    int SOFTMAX_WIDTH = 16;

    /**
     * Softmax of x[at + from .. at + to), and 0 in the rest of x[at .. at + width): row of an attention in which only some keys are
     * seen. An empty run gives zeros alone.
     *
     * @param width a multiple of {@link #SOFTMAX_WIDTH}
     * @param kept gets what makes the softmax from x again, exp(x - kept[keptAt]) kept[keptAt + 1]
     */
    void softmax(float[] x, int at, int from, int to, int width, float[] kept, int keptAt);

    /**
     * Gradient of {@link #softmax}. x is turned into p = softmax(x) by what that kept of it; dx, which holds the gradient of p,
     * into scale p (dp - sum(p dp)). Both become 0 in the rest of the width.
     */
    void softmaxGradient(
            float[] x, float[] dx, int at, int from, int to, int width, float[] kept, int keptAt, float scale);

    /**
     * One step of Adam with decoupled decay: m, v and p move by the gradients g. The first n values; every operation is
     * rounded on its own, so that all kernels give the same bits.
     */
    void adamW(float[] p, float[] g, float[] m, float[] v, int n, Adam by);

    /** b = momentum b + clip g, then g = clip g + momentum b: momentum looked at from one step ahead. The first n values. */
    default void nesterov(float[] g, float[] b, int n, float clip, float momentum) {
        for (int i = 0; i < n; i++) {
            float gradient = clip * g[i];
            b[i] = momentum * b[i] + gradient;
            g[i] = gradient + momentum * b[i];
        }
    }

    /** x = keep x + factor y, the first n values. */
    default void combine(float[] x, float keep, float[] y, float factor, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = keep * x[i] + factor * y[i];
        }
    }

    /**
     * What {@link #adamW} multiplies with.
     *
     * <pre>
     * g *= clip;  m = beta1 m + fresh1 g;  v = beta2 v + fresh2 g g;  p = p keep - rate m / (sqrt(v correction) + epsilon)
     * </pre>
     */
    record Adam(
            float clip,
            float beta1,
            float fresh1,
            float beta2,
            float fresh2,
            float keep,
            float rate,
            float correction,
            float epsilon) {}
}
