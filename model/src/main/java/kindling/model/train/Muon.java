package kindling.model.train;

/**
 * Momentum made orthogonal (Jordan et al., 2024, https://kellerjordan.github.io/posts/muon/) for the matrices of layers,
 * AdamW for everything else: embeddings, head, norms and biases.
 *
 * <pre>
 * b = momentum b + g;  u = g + momentum b                          (Nesterov)
 * p = p (1 - rate weightDecay) - rate 0.2 sqrt(max(rows, columns)) orthogonal(u)
 * </pre>
 *
 * <p>Queries, keys and values, and gate and up, are matrices of their own. The factor is that of Liu et al. (2025, "Muon is
 * Scalable for LLM Training", §2.2): the update's root mean square is about 0.2, as AdamW's is, so that one learning rate and
 * one decay serve both. With sqrt(max(1, rows/columns)), Jordan's own factor, each would need a rate of its own.
 *
 * @param momentum memory of the gradients, in [0, 1)
 * @param iterations of Newton and Schulz, >= 1; see {@code NewtonSchulz}
 * @param weightDecay of the matrices, per unit of learning rate, >= 0
 * @param shareOfRate what AdamW gets of the learning rate, > 0
 * @param others AdamW for what is not a matrix of a layer; its clip holds for all gradients together
 */
public record Muon(double momentum, int iterations, double weightDecay, double shareOfRate, AdamW others)
        implements Optimiser {

    /**
     * @throws IllegalArgumentException naming every value out of range
     */
    public Muon {
        new Mistakes()
                .unless(momentum >= 0 && momentum < 1, "momentum must be in [0, 1)", momentum)
                .unless(iterations >= 1, "iterations must be >= 1", iterations)
                .unless(weightDecay >= 0, "weightDecay must be >= 0", weightDecay)
                .unless(shareOfRate > 0, "shareOfRate must be > 0", shareOfRate)
                .refuse();
    }

    /** 0.95 and 5 iterations (Jordan et al.), decay 0.1 and the same rate for all (Liu et al.), {@link AdamW#defaults}. */
    public static Muon defaults() {
        return new Muon(0.95, 5, 0.1, 1, AdamW.defaults());
    }

    /** The same with another AdamW for what is not a matrix of a layer. */
    public Muon withOthers(AdamW newOthers) {
        return new Muon(momentum, iterations, weightDecay, shareOfRate, newOthers);
    }

    /** The same with another decay of the matrices. */
    public Muon withWeightDecay(double newWeightDecay) {
        return new Muon(momentum, iterations, newWeightDecay, shareOfRate, others);
    }

    /** The same with another share of the learning rate for AdamW. */
    public Muon withShareOfRate(double newShare) {
        return new Muon(momentum, iterations, weightDecay, newShare, others);
    }

    @Override
    public double clip() {
        return others.clip();
    }
}
