package kindling.model.average;

import java.util.Comparator;
import java.util.List;

/**
 * How the results of one round become the next parameters.
 *
 * <p>A round starts from the same parameters θ everywhere; each replica trains on its own share and contributes its own
 * θ_k. The weighted mean of the contributions is the same for every strategy; a strategy says what to do with it. All
 * methods are pure and work on any slice of the parameters: slices can be finished apart and laid side by side with the
 * same bits.
 *
 * <pre>{@code
 * float[] mean = Strategy.mean(contributions);
 * Strategy.State next = Strategy.named("average").finish(state, mean, 3e-4);
 * }</pre>
 */
public interface Strategy {
    /** Every strategy, in the order of error messages. */
    List<Strategy> ALL = List.of(new Average(), Diloco.PUBLISHED, SlowMo.PUBLISHED);

    /** The word that selects it in a recipe. */
    String name();

    /**
     * The state after a round.
     *
     * @param state the state from which the replicas started
     * @param mean the weighted mean of what they reached, as long as the state
     * @param learningRate of the replicas' steps in this round, their mean where it changed within; > 0
     */
    State finish(State state, float[] mean, double learningRate);

    /**
     * The same with another rate of the outer step.
     *
     * @throws IllegalArgumentException when it is out of range, or this strategy has none
     */
    default Strategy withRate(double rate) {
        throw hasNo("outer learning rate", rate);
    }

    /**
     * The same with another momentum of the outer step.
     *
     * @throws IllegalArgumentException when it is out of range, or this strategy has none
     */
    default Strategy withMomentum(double momentum) {
        throw hasNo("outer momentum", momentum);
    }

    private IllegalArgumentException hasNo(String setting, double value) {
        return new IllegalArgumentException("strategy %s has no %s, got %s: leave it out, or take diloco or slowmo"
                .formatted(name(), setting, value));
    }

    /**
     * What is carried from round to round, for one slice.
     *
     * @param parameters θ
     * @param momentum the outer optimiser's momentum, as long as θ; all zero before the first round and where a strategy has none
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that pass through unchanged: not copied
    record State(float[] parameters, float[] momentum) {
        /**
         * @throws IllegalArgumentException when the two lengths differ
         */
        public State {
            if (parameters.length != momentum.length) {
                throw new IllegalArgumentException("momentum must have as many values as there are parameters, "
                        + parameters.length + ", got " + momentum.length);
            }
        }

        /** Before the first round: no momentum. */
        public static State initial(float[] parameters) {
            return new State(parameters, new float[parameters.length]);
        }
    }

    /**
     * One replica's result for one slice.
     *
     * @param replica 0 ... k-1; decides the order of summation
     * @param weight the tokens (or sequences) it trained on in this round, > 0
     * @param values what it reached
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that are read once: not copied
    record Contribution(int replica, double weight, float[] values) {}

    /**
     * The strategy of that name, with its published settings.
     *
     * @throws IllegalArgumentException for a name that is not in {@link #ALL}
     */
    static Strategy named(String name) {
        return ALL.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("strategy must be one of "
                        + ALL.stream().map(Strategy::name).toList() + ", got " + name));
    }

    /**
     * The weighted mean, Σ weight_k values_k / Σ weight_k, summed in the order of the replica numbers whatever the order
     * of arrival, so that its bits depend on nothing but the contributions. A replica whose work was lost is simply absent.
     *
     * @throws IllegalArgumentException when there is no contribution, a replica contributes twice, lengths differ, or a
     *     weight is not a positive number
     */
    static float[] mean(List<Contribution> contributions) {
        if (contributions.isEmpty()) {
            throw new IllegalArgumentException("a mean needs at least one contribution, got none: no replica finished");
        }
        List<Contribution> ordered = contributions.stream()
                .sorted(Comparator.comparingInt(Contribution::replica))
                .toList();
        double[] sum = new double[ordered.get(0).values().length];
        double totalWeight = 0;
        int previous = -1;
        for (Contribution contribution : ordered) {
            if (contribution.replica() <= previous) {
                throw new IllegalArgumentException("replica numbers must be >= 0 and different, got "
                        + contribution.replica() + " after " + previous);
            }
            accumulate(sum, contribution.values(), contribution.weight());
            totalWeight += contribution.weight();
            previous = contribution.replica();
        }
        return mean(sum, totalWeight);
    }

    /**
     * Adds {@code weight * replica} to {@code sum}. Call in the order of the replica numbers: a float64 sum of float32
     * values is nearly exact, but only a fixed order makes it the same bits.
     *
     * @throws IllegalArgumentException when lengths differ or the weight is not a positive number
     */
    static void accumulate(double[] sum, float[] replica, double weight) {
        if (sum.length != replica.length) {
            throw new IllegalArgumentException(
                    "every replica must contribute " + sum.length + " values, got " + replica.length);
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight must be a positive number of tokens, got " + weight);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * replica[i];
        }
    }

    /** {@code sum / totalWeight}, rounded once to float32: the mean of equal values is that value, to the bit. */
    static float[] mean(double[] sum, double totalWeight) {
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / totalWeight);
        }
        return mean;
    }
}
