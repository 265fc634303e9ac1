package kindling.model.train;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), after clipping by the norm of all gradients together.
 *
 * <pre>
 * g *= min(1, clip / (norm + 1e-6));  p *= 1 - rate weightDecay (matrices only)
 * m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
 * p -= rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)      t = 1 at the first step
 * </pre>
 *
 * @param beta1 memory of the mean gradient, in [0, 1)
 * @param beta2 memory of the mean square, in [0, 1)
 * @param epsilon added to the root, > 0
 * @param weightDecay per unit of learning rate, >= 0; on tensors of rank 2, embeddings among them
 * @param clip largest norm of the gradient, > 0; infinity for no clipping
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double clip) implements Optimiser {

    /**
     * @throws IllegalArgumentException naming every value out of range
     */
    public AdamW {
        new Mistakes()
                .unless(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1)", beta1)
                .unless(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1)", beta2)
                .unless(epsilon > 0, "epsilon must be > 0", epsilon)
                .unless(weightDecay >= 0, "weightDecay must be >= 0", weightDecay)
                .unless(clip > 0, "clip must be > 0", clip)
                .refuse();
    }

    /** 0.9, 0.95, 1e-8, 0.1 and 1: the values GPT-3 was trained with (Brown et al., 2020, appendix B). */
    public static AdamW defaults() {
        return new AdamW(0.9, 0.95, 1e-8, 0.1, 1.0);
    }

    /** The same with another beta1. */
    public AdamW withBeta1(double newBeta1) {
        return new AdamW(newBeta1, beta2, epsilon, weightDecay, clip);
    }

    /** The same with another beta2. */
    public AdamW withBeta2(double newBeta2) {
        return new AdamW(beta1, newBeta2, epsilon, weightDecay, clip);
    }

    /** The same with another weight decay. */
    public AdamW withWeightDecay(double newWeightDecay) {
        return new AdamW(beta1, beta2, epsilon, newWeightDecay, clip);
    }

    /** The same with another largest norm. */
    public AdamW withClip(double newClip) {
        return new AdamW(beta1, beta2, epsilon, weightDecay, newClip);
    }
}
