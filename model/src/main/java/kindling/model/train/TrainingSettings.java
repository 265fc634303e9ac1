package kindling.model.train;

/**
 * How a learner trains.
 *
 * <pre>{@code
 * TrainingSettings.of(Muon.defaults()).withGuard(Guard.of(4))
 * }</pre>
 *
 * @param dropout probability with which a value is dropped, in [0, 1)
 * @param recompute whether activations are computed again on the way back instead of kept: less memory, more time
 * @param seed of all that is drawn
 */
public record TrainingSettings(Optimiser optimiser, Guard guard, double dropout, boolean recompute, long seed) {

    /**
     * @throws IllegalArgumentException when dropout is out of range
     */
    public TrainingSettings {
        new Mistakes()
                .unless(dropout >= 0 && dropout < 1, "dropout must be in [0, 1)", dropout)
                .refuse();
    }

    /** No guard, no dropout, all activations kept. */
    public static TrainingSettings of(Optimiser optimiser) {
        return new TrainingSettings(optimiser, Guard.off(), 0, false, 0);
    }

    /** {@link AdamW#defaults}. */
    public static TrainingSettings defaults() {
        return of(AdamW.defaults());
    }

    /** The same with another optimiser. */
    public TrainingSettings withOptimiser(Optimiser newOptimiser) {
        return new TrainingSettings(newOptimiser, guard, dropout, recompute, seed);
    }

    /** The same with another guard. */
    public TrainingSettings withGuard(Guard newGuard) {
        return new TrainingSettings(optimiser, newGuard, dropout, recompute, seed);
    }

    /** The same with another dropout. */
    public TrainingSettings withDropout(double newDropout) {
        return new TrainingSettings(optimiser, guard, newDropout, recompute, seed);
    }

    /** The same with activations computed again, or kept. */
    public TrainingSettings withRecompute(boolean newRecompute) {
        return new TrainingSettings(optimiser, guard, dropout, newRecompute, seed);
    }

    /** The same with another seed. */
    public TrainingSettings withSeed(long newSeed) {
        return new TrainingSettings(optimiser, guard, dropout, recompute, newSeed);
    }
}
