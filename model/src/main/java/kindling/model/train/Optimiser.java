package kindling.model.train;

import kindling.model.Layout;
import kindling.model.layer.Parameters;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/** The moments of {@link AdamW} and the step that uses them, one pass over all parameters in pieces. */
final class Optimiser implements AutoCloseable {

    /** Floats to a piece: four arrays of them stay in the first-level cache. */
    private static final int PIECE = 1024;
    /** Keeps the clipping factor finite, as PyTorch's clip_grad_norm_ does. */
    private static final double CLIP_EPSILON = 1e-6;

    private final AdamW adamW;
    private final Parameters parameters;
    private final RowKernels kernels;
    private final Arena firstArena = new Arena();
    private final Arena secondArena = new Arena();
    private final Matrix first;
    private final Matrix second;
    private final float[] p = new float[PIECE];
    private final float[] g = new float[PIECE];
    private final float[] m = new float[PIECE];
    private final float[] v = new float[PIECE];
    private long step;

    Optimiser(AdamW adamW, Parameters parameters, RowKernels kernels) {
        this.adamW = adamW;
        this.parameters = parameters;
        this.kernels = kernels;
        int size = Math.toIntExact(parameters.layout().size());
        this.first = firstArena.matrix(1, size);
        this.second = secondArena.matrix(1, size);
    }

    void allocate() {
        firstArena.allocate();
        secondArena.allocate();
    }

    Matrix firstMoments() {
        return first;
    }

    Matrix secondMoments() {
        return second;
    }

    long step() {
        return step;
    }

    void step(long newStep) {
        step = newStep;
    }

    long bytes() {
        return firstArena.bytes() + secondArena.bytes();
    }

    /**
     * Moves the parameters by their gradients, unless those are not finite.
     *
     * @return the norm of all gradients, before clipping
     */
    double update(double learningRate) {
        double norm = gradientNorm();
        if (Double.isFinite(norm)) {
            step++;
            float clip = (float) Math.min(1, adamW.clip() / (norm + CLIP_EPSILON));
            for (Layout.Parameter parameter : parameters.layout().parameters()) {
                update(parameter, learningRate, clip);
            }
        }
        return norm;
    }

    private double gradientNorm() {
        double squares = 0;
        long size = parameters.layout().size();
        for (long at = 0; at < size; at += PIECE) {
            int n = (int) Math.min(PIECE, size - at);
            parameters.gradients().get(0, (int) at, g, 0, n);
            squares += kernels.dot(g, 0, g, 0, n);
        }
        return Math.sqrt(squares);
    }

    private void update(Layout.Parameter parameter, double learningRate, float clip) {
        float keep = parameter.rank() < 2 ? 1f : (float) (1 - learningRate * adamW.weightDecay());
        float rate = (float) (learningRate / (1 - StrictMath.pow(adamW.beta1(), (double) step)));
        float correction = (float) (1 / (1 - StrictMath.pow(adamW.beta2(), (double) step)));
        long end = parameter.offset() + parameter.size();
        for (long at = parameter.offset(); at < end; at += PIECE) {
            int place = (int) at;
            int n = (int) Math.min(PIECE, end - at);
            parameters.values().get(0, place, p, 0, n);
            parameters.gradients().get(0, place, g, 0, n);
            first.get(0, place, m, 0, n);
            second.get(0, place, v, 0, n);
            move(n, clip, keep, rate, correction);
            parameters.values().put(0, place, p, 0, n);
            first.put(0, place, m, 0, n);
            second.put(0, place, v, 0, n);
        }
    }

    private void move(int n, float clip, float keep, float rate, float correction) {
        float beta1 = (float) adamW.beta1();
        float beta2 = (float) adamW.beta2();
        float fresh1 = (float) (1 - adamW.beta1());
        float fresh2 = (float) (1 - adamW.beta2());
        float epsilon = (float) adamW.epsilon();
        for (int i = 0; i < n; i++) {
            float gradient = g[i] * clip;
            float mean = beta1 * m[i] + fresh1 * gradient;
            float square = beta2 * v[i] + fresh2 * gradient * gradient;
            m[i] = mean;
            v[i] = square;
            p[i] = p[i] * keep - rate * mean / ((float) Math.sqrt(square * correction) + epsilon);
        }
    }

    @Override
    public void close() {
        firstArena.close();
        secondArena.close();
    }
}
