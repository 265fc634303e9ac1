package kindling.model.average;

import java.util.Arrays;

/**
 * The smallest replica that trains: a linear softmax classifier under AdamW or plain SGD, in float64. θ = W (D, C) row-major,
 * then b (C); its moments stay with it from round to round.
 */
final class SoftmaxReplica {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.95;
    private static final double EPSILON = 1e-8;
    private static final double WEIGHT_DECAY = 0.1;

    private final int features;
    private final int classes;
    private final double[] theta;
    private final double[] m;
    private final double[] v;
    private int step;

    SoftmaxReplica(int features, int classes) {
        this.features = features;
        this.classes = classes;
        theta = new double[(features + 1) * classes];
        m = new double[theta.length];
        v = new double[theta.length];
    }

    void start(float[] parameters) {
        Arrays.setAll(theta, i -> parameters[i]);
    }

    void startMoments(float[] first, float[] second) {
        Arrays.setAll(m, i -> first[i]);
        Arrays.setAll(v, i -> second[i]);
    }

    float[] parameters() {
        return floats(theta);
    }

    float[] firstMoment() {
        return floats(m);
    }

    float[] secondMoment() {
        return floats(v);
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /**
     * One AdamW step on the mean cross-entropy of {@code labels.length} rows of x (B, D), from {@code offset}; returns the
     * loss.
     */
    double step(float[] x, int offset, int[] labels, double rate) {
        double[] gradient = new double[theta.length];
        double loss = addGradient(x, offset, labels, gradient);
        adamw(gradient, rate);
        return loss;
    }

    /** The same with a step of plain SGD. */
    double sgdStep(float[] x, int offset, int[] labels, double rate) {
        double[] gradient = new double[theta.length];
        double loss = addGradient(x, offset, labels, gradient);
        for (int i = 0; i < theta.length; i++) {
            theta[i] -= rate * gradient[i];
        }
        return loss;
    }

    /** Adds the gradient of the mean cross-entropy, which is returned. */
    double addGradient(float[] x, int offset, int[] labels, double[] gradient) {
        double loss = 0;
        for (int row = 0; row < labels.length; row++) {
            loss += row(x, offset + row * features, labels[row], 1.0 / labels.length, gradient);
        }
        return loss;
    }

    private double row(float[] x, int offset, int label, double share, double[] gradient) {
        double[] p = Arrays.copyOfRange(theta, features * classes, theta.length);
        for (int d = 0; d < features; d++) {
            for (int c = 0; c < classes; c++) {
                p[c] += x[offset + d] * theta[d * classes + c];
            }
        }
        double normalizer = Arrays.stream(p).map(Math::exp).sum();
        double loss = Math.log(normalizer) - p[label];
        for (int c = 0; c < classes; c++) {
            double error = share * (Math.exp(p[c]) / normalizer - (c == label ? 1 : 0));
            for (int d = 0; d < features; d++) {
                gradient[d * classes + c] += x[offset + d] * error;
            }
            gradient[features * classes + c] += error;
        }
        return share * loss;
    }

    void adamw(double[] gradient, double rate) {
        step++;
        for (int i = 0; i < theta.length; i++) {
            theta[i] *= i < features * classes ? 1 - rate * WEIGHT_DECAY : 1;
            m[i] = BETA1 * m[i] + (1 - BETA1) * gradient[i];
            v[i] = BETA2 * v[i] + (1 - BETA2) * gradient[i] * gradient[i];
            double mean = m[i] / (1 - Math.pow(BETA1, step));
            double variance = v[i] / (1 - Math.pow(BETA2, step));
            theta[i] -= rate * mean / (Math.sqrt(variance) + EPSILON);
        }
    }
}
