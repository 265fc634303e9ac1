package kindling.model.train;

import java.util.List;

/** The arithmetic of one optimiser on those parameters that are its own. */
sealed interface Rule permits AdamWRule, MuonRule {

    /**
     * Moves its parameters by their gradients, and leaves the gradients 0: while they lie in the cache that costs less than a
     * pass of its own before the next step.
     *
     * @param learningRate of the step
     * @param clip what gradients are multiplied with
     * @param step updates made, this one included
     */
    void update(double learningRate, float clip, long step);

    /** What it carries from step to step. */
    List<Moment> moments();
}
