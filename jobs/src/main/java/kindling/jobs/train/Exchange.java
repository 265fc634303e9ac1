package kindling.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.average.Strategy;
import kindling.model.average.Wire;
import kindling.model.train.Part;
import kindling.model.train.PartOptimiser;
import kindling.model.train.TrainerState;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * From what k replicas made of a round to the next θ: contributions go through a shuffle in slices, each slice is summed in replica order where it
 * arrives, and moved there by the outer optimiser, whose arrays never leave that place; the driver collects θ' alone. For N parameters of 4 bytes
 * and k replicas on m machines a round sends 4 N k through the shuffle (less by a lossy {@link Wire}), 4 N to the driver and 4 N m from it.
 * Runs on the driver.
 */
final class Exchange {
    private static final String MOMENTUM = "outer_momentum";

    private final Plan plan;
    private final List<Part> parts;
    private final HashPartitioner partitioner;
    private List<JavaPairRDD<?, ?>> persisted = new ArrayList<>();
    private List<JavaPairRDD<?, ?>> former = new ArrayList<>();

    Exchange(Plan plan) {
        this.plan = plan;
        this.parts = plan.parts();
        this.partitioner = plan.partitioner();
    }

    /** One replica's slice on its way through the shuffle. */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that pass through unchanged: not copied
    private record Vote(Slices.Key key, int replica, long weight, byte[] bytes) implements Serializable {}

    /** A slice of the mean. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Mean(Slices.Key key, float[] values) implements Serializable {}

    /** A slice after the outer optimiser's step. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Moved(byte[] bytes, Map<String, float[]> arrays, boolean finite) implements Serializable {
        Moved withoutArrays() {
            return new Moved(bytes, Map.of(), finite);
        }
    }

    /**
     * What an exchange came to.
     *
     * @param outer the outer optimiser's arrays, by slice of θ
     * @param finite whether all numbers are
     */
    record Outcome(Slices slices, JavaPairRDD<Slices.Key, Map<String, float[]>> outer, boolean finite) {}

    /** No arrays: before the first round. */
    static JavaPairRDD<Slices.Key, Map<String, float[]>> nothing(JavaSparkContext context) {
        return JavaPairRDD.fromJavaRDD(context.emptyRDD());
    }

    /** Averages parameters, and what else the replicas contributed. */
    Outcome parameters(
            JavaRDD<Round.Result> results,
            JavaPairRDD<Slices.Key, Map<String, float[]>> outer,
            Broadcast<Round.Start> sent,
            long round) {
        Plan plan = this.plan;
        List<Part> parts = this.parts;
        double rate = plan.meanRate(round);
        return moved(means(results)
                .leftOuterJoin(outer, partitioner)
                .mapValues(slice -> average(plan, parts, sent.value(), slice._1, slice._2.orElse(Map.of()), rate)));
    }

    private static Moved average(
            Plan plan, List<Part> parts, Round.Start start, Mean mean, Map<String, float[]> arrays, double rate) {
        if (!mean.key.array().equals(Slices.PARAMETERS)) {
            return moved(mean.values, Map.of());
        }
        float[] theta = start.slices().parameters(parts.get(mean.key.slice()));
        if (!plan.averaging().wire().isExact()) {
            for (int i = 0; i < theta.length; i++) {
                mean.values[i] += theta[i];
            }
        }
        float[] momentum = arrays.getOrDefault(MOMENTUM, new float[theta.length]);
        Strategy strategy = plan.averaging().outer();
        Strategy.State next = strategy.finish(new Strategy.State(theta, momentum), mean.values, rate);
        boolean kept = next.momentum() != momentum; // a strategy without one leaves it as it is
        return moved(next.parameters(), kept ? Map.of(MOMENTUM, next.momentum()) : Map.of());
    }

    private static Moved moved(float[] values, Map<String, float[]> arrays) {
        boolean finite = true;
        for (float value : values) {
            finite &= Float.isFinite(value);
        }
        return new Moved(Wire.FLOAT32.encode(values, 0, values.length, null), arrays, finite);
    }

    /** The mean gradient, where it was summed. */
    Gradient gradient(JavaRDD<Round.Result> results) {
        JavaPairRDD<Slices.Key, Mean> means = persist(means(results));
        List<Tuple2<Slices.Key, Double>> squares = new ArrayList<>(
                means.mapValues(mean -> PartOptimiser.squares(mean.values)).collect());
        squares.sort(Comparator.comparing(Tuple2::_1));
        return new Gradient(
                means, Math.sqrt(squares.stream().mapToDouble(Tuple2::_2).sum()));
    }

    /**
     * A mean gradient that lies with the executors.
     *
     * @param norm of all its slices together
     */
    record Gradient(JavaPairRDD<Slices.Key, Mean> means, double norm) {}

    /** Moves θ by a mean gradient, as the recipe's optimiser would on one machine. */
    Outcome step(
            Gradient gradient,
            JavaPairRDD<Slices.Key, Map<String, float[]>> outer,
            Broadcast<Round.Start> sent,
            long step) {
        Plan plan = this.plan;
        List<Part> parts = this.parts;
        double norm = gradient.norm;
        double rate = plan.schedule().rate(step);
        return moved(gradient.means
                .leftOuterJoin(outer, partitioner)
                .mapValues(slice ->
                        step(plan, parts.get(slice._1.key.slice()), sent.value(), slice._1, slice._2, rate, norm)));
    }

    private static Moved step(
            Plan plan,
            Part part,
            Round.Start start,
            Mean mean,
            Optional<Map<String, float[]>> arrays,
            double rate,
            double norm) {
        PartOptimiser optimiser =
                new PartOptimiser(plan.model(), plan.settings().optimiser(), part);
        Map<String, float[]> moments = arrays.isPresent() ? arrays.get() : optimiser.initial();
        PartOptimiser.Moved next =
                optimiser.step(start.slices().parameters(part), mean.values, moments, start.updates() + 1, rate, norm);
        return moved(next.parameters(), next.moments());
    }

    private JavaPairRDD<Slices.Key, Mean> means(JavaRDD<Round.Result> results) {
        Wire wire = plan.averaging().wire();
        return results.flatMapToPair(result -> votes(result).iterator())
                .groupByKey(partitioner)
                .mapValues(votes -> mean(votes, wire));
    }

    /** A replica that learnt from no target has none. */
    private static List<Tuple2<Slices.Key, Vote>> votes(Round.Result result) {
        long weight = result.measures().targets();
        return weight == 0
                ? List.of()
                : result.contribution().entrySet().stream()
                        .map(slice -> new Tuple2<>(
                                slice.getKey(),
                                new Vote(slice.getKey(), result.next().number(), weight, slice.getValue())))
                        .toList();
    }

    private static Mean mean(Iterable<Vote> votes, Wire wire) {
        List<Strategy.Contribution> contributions = new ArrayList<>();
        Slices.Key key = null;
        for (Vote vote : votes) {
            key = vote.key;
            Wire written = key.array().equals(Slices.PARAMETERS) ? wire : Wire.FLOAT32; // moments travel exactly
            contributions.add(new Strategy.Contribution(vote.replica, vote.weight, written.decode(vote.bytes)));
        }
        return new Mean(key, Strategy.mean(contributions));
    }

    private Outcome moved(JavaPairRDD<Slices.Key, Moved> lazily) {
        JavaPairRDD<Slices.Key, Moved> moved = persist(lazily);
        Slices slices = Slices.none();
        boolean finite = true;
        for (Tuple2<Slices.Key, Moved> slice :
                moved.mapValues(Moved::withoutArrays).collect()) {
            slices.bytes().put(slice._1, slice._2.bytes);
            finite &= slice._2.finite;
        }
        return new Outcome(
                slices, moved.filter(slice -> !slice._2.arrays.isEmpty()).mapValues(slice -> slice.arrays), finite);
    }

    /** Lets go of what the round before the last one left; were it asked for again, it would be computed again. */
    void forget() {
        former.forEach(JavaPairRDD::unpersist);
        former = persisted;
        persisted = new ArrayList<>();
    }

    /** The moments of all slices as those of one model; zeros where no step was made. */
    Slices moments(JavaPairRDD<Slices.Key, Map<String, float[]>> outer) {
        Map<Integer, Map<String, float[]>> bySlice = new TreeMap<>();
        outer.mapValues(Exchange::written).collect().forEach(slice -> bySlice.put(slice._1.slice(), read(slice._2)));
        Map<String, float[]> moments = bySlice.isEmpty()
                ? TrainerState.initial(plan.model(), plan.settings()).arrays()
                : PartOptimiser.join(List.copyOf(bySlice.values()));
        Slices slices = Slices.none();
        moments.forEach((name, values) -> slices.add(name, values, Slices.equal(values.length)));
        return slices;
    }

    private static Map<String, byte[]> written(Map<String, float[]> arrays) {
        Map<String, byte[]> bytes = new TreeMap<>();
        arrays.forEach((name, values) -> bytes.put(name, Wire.FLOAT32.encode(values, 0, values.length, null)));
        return bytes;
    }

    private static Map<String, float[]> read(Map<String, byte[]> bytes) {
        Map<String, float[]> arrays = new TreeMap<>();
        bytes.forEach((name, values) -> arrays.put(name, Wire.FLOAT32.decode(values)));
        return arrays;
    }

    private <V> JavaPairRDD<Slices.Key, V> persist(JavaPairRDD<Slices.Key, V> slices) {
        JavaPairRDD<Slices.Key, V> kept = slices.persist(StorageLevel.MEMORY_AND_DISK());
        persisted.add(kept);
        return kept;
    }
}
