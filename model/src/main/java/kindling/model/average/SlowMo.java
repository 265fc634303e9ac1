package kindling.model.average;

/**
 * Slow momentum: the distance the replicas travelled, in units of their own learning rate γ, is a gradient for SGD with momentum.
 *
 * <pre>
 * u' = beta · u + (θ − mean) / γ             (u = 0 before the first round)
 * θ' = θ − alpha · γ · u'
 * </pre>
 *
 * The last line is computed as (1 − alpha) θ + alpha · mean − alpha · beta · γ · u, the same number, so that alpha 1 with beta 0 is
 * {@link Average} to the bit. Arithmetic in float64, rounded once.
 *
 * <p>Source: Wang, Tantia, Ballas and Rabbat 2020, "SlowMo: Improving Communication-Efficient Distributed SGD with Slow
 * Momentum", algorithm 1.
 *
 * @param alpha slow learning rate, in (0, 2]
 * @param beta slow momentum, in [0, 1)
 */
record SlowMo(double alpha, double beta) implements Strategy {
    /** Alpha of the paper's experiments; beta, which they tune, as the reference rounds have it. */
    static final SlowMo PUBLISHED = new SlowMo(1, 0.7);

    SlowMo {
        if (!(alpha > 0 && alpha <= 2) || !(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException(
                    "outer rate must be in (0, 2] and outer momentum in [0, 1), got " + alpha + " and " + beta);
        }
    }

    @Override
    public String name() {
        return "slowmo";
    }

    @Override
    public Strategy withRate(double newAlpha) {
        return new SlowMo(newAlpha, beta);
    }

    @Override
    public Strategy withMomentum(double newBeta) {
        return new SlowMo(alpha, newBeta);
    }

    @Override
    public State finish(State state, float[] mean, double learningRate) {
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException(
                    "slowmo divides by the learning rate of the round, which must be > 0, got " + learningRate
                            + ": raise its floor");
        }
        int length = mean.length;
        float[] next = new float[length];
        float[] slow = new float[length];
        for (int i = 0; i < length; i++) {
            double theta = state.parameters()[i];
            double kept = beta * state.momentum()[i];
            slow[i] = (float) (kept + (theta - mean[i]) / learningRate);
            next[i] = (float) ((1 - alpha) * theta + alpha * mean[i] - alpha * learningRate * kept);
        }
        return new State(next, slow);
    }
}
