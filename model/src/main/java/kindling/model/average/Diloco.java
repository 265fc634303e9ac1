package kindling.model.average;

/**
 * The distance the replicas travelled is an outer gradient for SGD with Nesterov momentum:
 *
 * <pre>
 * g  = θ − mean
 * b' = momentum · b + g                      (b = 0 before the first round)
 * θ' = θ − rate · (g + momentum · b')
 * </pre>
 *
 * The last line is computed as (1 − rate) θ + rate · mean − rate · momentum · b', the same number, so that rate 1 with momentum 0
 * is {@link Average} to the bit. Arithmetic in float64, rounded once.
 *
 * <p>Source: Douillard et al. 2023, "DiLoCo: Distributed Low-Communication Training of Language Models", algorithm 1 and
 * section 3.2 (rate 0.7, momentum 0.9).
 */
record Diloco(double rate, double momentum) implements Strategy {
    /** The paper's best outer optimiser. */
    static final Diloco PUBLISHED = new Diloco(0.7, 0.9);

    Diloco {
        if (!(rate > 0 && rate <= 2) || !(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "outer rate must be in (0, 2] and outer momentum in [0, 1), got " + rate + " and " + momentum);
        }
    }

    @Override
    public String name() {
        return "diloco";
    }

    @Override
    public Strategy withRate(double newRate) {
        return new Diloco(newRate, momentum);
    }

    @Override
    public Strategy withMomentum(double newMomentum) {
        return new Diloco(rate, newMomentum);
    }

    @Override
    public State finish(State state, float[] mean, double learningRate) {
        int length = mean.length;
        float[] next = new float[length];
        float[] buffer = new float[length];
        for (int i = 0; i < length; i++) {
            double theta = state.parameters()[i];
            double b = momentum * state.momentum()[i] + (theta - mean[i]);
            buffer[i] = (float) b;
            next[i] = (float) ((1 - rate) * theta + rate * mean[i] - rate * momentum * b);
        }
        return new State(next, buffer);
    }
}
