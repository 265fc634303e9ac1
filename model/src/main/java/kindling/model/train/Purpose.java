package kindling.model.train;

/** What a learner is for, and so what it has memory for. */
enum Purpose {
    /** Parameters, gradients, moments, and what the way back needs. */
    TRAINING,
    /** The same without moments. */
    GRADIENTS,
    /** Parameters, and the activations of one layer. */
    EVALUATION;

    /** Whether there are gradients. */
    boolean goesBack() {
        return this != EVALUATION;
    }

    /**
     * @throws IllegalStateException when there are no gradients
     */
    void requireGradients() {
        if (!goesBack()) {
            throw new IllegalStateException("this learner is for evaluation and has no gradients: take"
                    + " Learner.forGradients, or new Learner to train");
        }
    }

    /**
     * @throws IllegalStateException when there is no optimiser
     */
    void requireMoments() {
        if (this != TRAINING) {
            throw new IllegalStateException("this learner is for " + (goesBack() ? "gradients" : "evaluation")
                    + " and has no optimiser: take new Learner to train");
        }
    }
}
