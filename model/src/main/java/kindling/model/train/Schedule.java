package kindling.model.train;

/**
 * Learning rate by step: linear warm-up, then a cosine down to the floor (Loshchilov and Hutter, 2017, "SGDR").
 *
 * <pre>{@code
 * new Schedule(3e-3, 3e-4, 3, 10).rate(0)   // 1e-3
 * }</pre>
 *
 * @param peak rate at the end of the warm-up, > 0
 * @param floor rate from step {@code total} on, 0 .. peak
 * @param warmup steps, 0 .. total
 * @param total steps of the whole run
 */
public record Schedule(double peak, double floor, long warmup, long total) {

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
        if (step >= total) {
            return floor;
        }
        double done = (double) (step - warmup) / (total - warmup);
        return floor + (peak - floor) * (1 + StrictMath.cos(Math.PI * done)) / 2;
    }
}
