package kindling.model.train;

/**
 * What became of one batch.
 *
 * @param lossSum sum of -ln p(target) over its targets, in nats, before any update
 * @param targets number of positions to predict
 * @param gradientNorm of the mean loss over all parameters, before clipping; 0 where no gradient was asked for
 */
public record Step(double lossSum, int targets, double gradientNorm) {

    /** Mean loss of a target, in nats; 0 without targets. */
    public double meanLoss() {
        return targets == 0 ? 0 : lossSum / targets;
    }
}
