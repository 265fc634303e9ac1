package kindling.model.train;

/**
 * Learning rate by step, a pure function: linear warm-up, then a {@link Decay} down to the floor.
 *
 * <pre>{@code
 * new Schedule(3e-3, 3e-4, 3, 10).rate(0)   // 1e-3
 * }</pre>
 *
 * <p>The warm-up reaches the peak with its last step: peak (i + 1) / warmup. nanoGPT's divides by warmup + 1, and reaches it
 * one step later.
 *
 * @param decay from peak to floor
 * @param peak rate at the end of the warm-up, > 0
 * @param floor rate from step {@code total} on, 0 .. peak; a constant rate has none
 * @param warmup steps, 0 .. total
 * @param total steps of the whole run
 * @param decayShare last share of all steps in which {@link Decay#WSD} decays, in (0, 1]
 */
public record Schedule(Decay decay, double peak, double floor, long warmup, long total, double decayShare) {

    /** A fifth of all steps, as in Hägele et al. (2024, arXiv:2405.18392). */
    public static final double DECAY_SHARE = 0.2;

    /**
     * @throws IllegalArgumentException when a value is out of range
     */
    public Schedule {
        if (!(peak > 0) || !(floor >= 0) || !(floor <= peak)) {
            throw new IllegalArgumentException(
                    "the learning rate must be > 0 and its floor 0..that, got " + peak + " and " + floor);
        }
        if (warmup < 0 || warmup > total) {
            throw new IllegalArgumentException("warm-up steps must be 0..total steps, got " + warmup + " of " + total);
        }
        if (!(decayShare > 0) || !(decayShare <= 1)) {
            throw new IllegalArgumentException("the share that decays must be in (0, 1], got " + decayShare);
        }
    }

    /** Warm-up and half a cosine. */
    public Schedule(double peak, double floor, long warmup, long total) {
        this(Decay.COSINE, peak, floor, warmup, total, DECAY_SHARE);
    }

    /**
     * Rate of the step with that index.
     *
     * @param step counted from 0
     */
    public double rate(long step) {
        if (step < warmup) {
            return peak * (step + 1) / warmup;
        }
        if (decay == Decay.CONSTANT) {
            return peak;
        }
        if (step >= total) {
            return floor;
        }
        double done = (double) (step - warmup) / (total - warmup);
        double share = Math.min(1, decayShare * total / (total - warmup));
        return floor + (peak - floor) * decay.left(done, share);
    }
}
