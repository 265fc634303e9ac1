package kindling.model.train;

/**
 * When a step is held to be poisoned and left out: its loss or its gradient's norm lies far above what the last steps had. Means
 * and deviations are exponential and without the bias of their start, as in ZClip (Kumar et al., 2025, arXiv:2504.02507).
 *
 * <p>What is not finite is left out under every guard. A level that stays high is no outlier: after {@code patience} steps left
 * out in a row the next is made, and the statistics start again from it. They also start again where they leave what a float
 * holds.
 *
 * @param deviations z, standard deviations above the mean, > 0; infinity for no guard. The deviation is taken to be at least a
 *     hundredth of the mean
 * @param memory of the statistics, in (0, 1): 1 / (1 - memory) steps
 * @param warmup steps that are observed before any is left out, >= 2
 * @param patience steps left out in a row, >= 1
 */
public record Guard(double deviations, double memory, int warmup, int patience) {

    /**
     * @throws IllegalArgumentException naming every value out of range
     */
    public Guard {
        new Mistakes()
                .unless(deviations > 0, "deviations must be > 0", deviations)
                .unless(memory > 0 && memory < 1, "memory must be in (0, 1)", memory)
                .unless(warmup >= 2, "warmup must be >= 2", warmup)
                .unless(patience >= 1, "patience must be >= 1", patience)
                .refuse();
    }

    /** Leaves out what is not finite, and nothing else. */
    public static Guard off() {
        return of(Double.POSITIVE_INFINITY);
    }

    /** Memory of 33 steps and a warm-up of 25, as ZClip has; patience of 5. */
    public static Guard of(double deviations) {
        return new Guard(deviations, 0.97, 25, 5);
    }

    /** Whether it watches anything. */
    public boolean isOn() {
        return deviations < Double.POSITIVE_INFINITY;
    }
}
