package kindling.jobs.train;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import kindling.model.average.Strategy;
import kindling.model.average.Wire;

/**
 * How k replicas stay one model, as command lines say it and as it travels to executors.
 *
 * @param strategy {@value #GRADIENT}, or the name of a {@link Strategy}
 * @param localSteps H, steps of each replica between two averagings of parameters
 * @param gradientSteps steps at the start whose gradients are averaged, before replicas take local steps: post-local SGD (Lin et al. 2020,
 *     "Don't Use Large Mini-Batches, Use Local SGD")
 * @param outerRate of the strategy's outer optimiser, or null for the published one
 * @param outerMomentum of the strategy's outer optimiser, or null for the published one
 * @param averageMoments whether the optimiser's moments are averaged too, or each replica keeps its own
 * @param wire how contributions are written
 */
public record Averaging(
        String strategy,
        int localSteps,
        long gradientSteps,
        Double outerRate,
        Double outerMomentum,
        boolean averageMoments,
        Wire wire)
        implements Serializable {
    /** Every step's gradients are averaged, and the optimiser moves once: k replicas of B are one machine of k B. */
    public static final String GRADIENT = "gradient";

    /** Local steps, parameters averaged, moments of their own, nothing lost on the way. */
    public static Averaging of(String strategy, int localSteps) {
        return new Averaging(strategy, localSteps, 0, null, null, false, Wire.FLOAT32);
    }

    /** What {@code --strategy} takes. */
    public static List<String> names() {
        return Stream.concat(Stream.of(GRADIENT), Strategy.ALL.stream().map(Strategy::name))
                .toList();
    }

    boolean isGradient() {
        return strategy.equals(GRADIENT);
    }

    /**
     * What makes the next parameters of the mean.
     *
     * @throws IllegalArgumentException for a name that is not in {@link #names}, and values that it does not take
     */
    public Strategy outer() {
        Strategy outer = Strategy.named(strategy);
        outer = outerRate == null ? outer : outer.withRate(outerRate);
        return outerMomentum == null ? outer : outer.withMomentum(outerMomentum);
    }
}
