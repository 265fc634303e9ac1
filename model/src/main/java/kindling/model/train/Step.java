package kindling.model.train;

/**
 * What became of one batch, or of several that made one step.
 *
 * @param lossSum sum of -ln p(target) over its targets, in nats, before any update
 * @param targets number of positions to predict
 * @param gradientNorm of the mean loss over all parameters, before clipping; 0 where no gradient was asked for
 * @param outcome whether the parameters moved
 */
public record Step(double lossSum, int targets, double gradientNorm, Outcome outcome) {

    /** Mean loss of a target, in nats; 0 without targets. */
    public double meanLoss() {
        return targets == 0 ? 0 : lossSum / targets;
    }
}
