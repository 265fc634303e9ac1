package kindling.model.train;

import java.util.Arrays;
import java.util.Locale;

/**
 * A {@link Guard} at work: decides on each step, and remembers. Its memory is a few floats, so that it can be saved exactly. A
 * {@link Learner} has its own; where gradients of several are averaged, whoever averages them keeps one for all.
 *
 * <pre>{@code
 * Watch watch = new Watch(Guard.of(4));
 * Outcome outcome = watch.judge(meanLoss, norm);   // Outcome.APPLIED, or skipped with the reason
 * }</pre>
 */
public final class Watch {

    /** Name of its state among the arrays of a {@link TrainerState}. */
    public static final String NAME = "guard";

    private static final int SEEN = 0;
    private static final int SKIPPED = 1;
    private static final int LOSS = 2;
    private static final int NORM = 4;
    private static final int SIZE = 6;
    /** Below a hundredth of the mean, spread is noise that says nothing of an outlier. */
    private static final double LEAST_DEVIATION = 0.01;

    private final Guard guard;
    private final float[] state = new float[SIZE];

    /** One that has seen nothing yet. */
    public Watch(Guard guard) {
        this.guard = guard;
    }

    /**
     * What to do with a step, {@link Outcome#APPLIED} or {@link Outcome.Skipped}; remembers those that are applied.
     *
     * @param loss mean over the step's targets, nats
     * @param norm of its gradients, before clipping
     */
    public Outcome judge(double loss, double norm) {
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            return new Outcome.Skipped("loss " + loss + " and gradient norm " + norm + " must be finite");
        }
        if (!guard.isOn()) {
            return Outcome.APPLIED;
        }
        String reason = outlier("loss", loss, LOSS) + outlier("gradient norm", norm, NORM);
        if (reason.isEmpty()) {
            remember(loss, norm);
            return Outcome.APPLIED;
        }
        if (state[SKIPPED] >= guard.patience()) {
            state[SEEN] = 0;
            remember(loss, norm);
            return Outcome.APPLIED;
        }
        state[SKIPPED]++;
        return new Outcome.Skipped(reason.strip());
    }

    private String outlier(String name, double value, int at) {
        if (state[SEEN] < guard.warmup()) {
            return "";
        }
        double mean = state[at];
        double deviation = Math.max(Math.sqrt(state[at + 1]), LEAST_DEVIATION * Math.abs(mean));
        double z = (value - mean) / deviation;
        return z <= guard.deviations()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " %s %.4g is %.1f deviations above its mean %.4g (limit %.1f)",
                        name,
                        value,
                        z,
                        mean,
                        guard.deviations());
    }

    private void remember(double loss, double norm) {
        state[SEEN]++;
        state[SKIPPED] = 0;
        double memory = guard.memory();
        // So weighted, the first n values count as if nothing had been before them.
        double weight = (1 - memory) / (1 - StrictMath.pow(memory, state[SEEN]));
        remember(loss, weight, LOSS);
        remember(norm, weight, NORM);
        if (!isFinite()) {
            Arrays.fill(state, 0f); // such statistics would never hold anything to be an outlier again
        }
    }

    private boolean isFinite() {
        for (int i = LOSS; i < SIZE; i++) {
            if (!Float.isFinite(state[i])) {
                return false;
            }
        }
        return true;
    }

    private void remember(double value, double weight, int at) {
        double distance = value - state[at];
        state[at] = (float) (state[at] + weight * distance);
        state[at + 1] = (float) ((1 - weight) * (state[at + 1] + weight * distance * distance));
    }

    boolean isOn() {
        return guard.isOn();
    }

    /** A copy of its memory. */
    public float[] state() {
        return state.clone();
    }

    /** The state of a guard that has seen nothing. */
    static float[] initial() {
        return new float[SIZE];
    }

    /**
     * @throws IllegalArgumentException when this is no state of a guard
     */
    static void require(float[] state) {
        if (state.length != SIZE) {
            throw new IllegalArgumentException(NAME + " must have " + SIZE + " values, got " + state.length);
        }
    }

    /**
     * Goes on from there.
     *
     * @throws IllegalArgumentException when this is no state of a guard
     */
    public void state(float[] newState) {
        require(newState);
        System.arraycopy(newState, 0, state, 0, SIZE);
    }
}
