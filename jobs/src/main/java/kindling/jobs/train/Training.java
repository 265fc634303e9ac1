package kindling.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kindling.jobs.UserError;
import kindling.jobs.io.Progress;
import kindling.jobs.io.Storage;
import kindling.model.average.Strategy;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Data-parallel training by rounds: θ goes out by broadcast, each replica runs H local steps on its own sequences, the results
 * are cut into slices, each averaged in replica order, and the strategy makes the next θ of the mean. A round is a pure
 * function, so a lost executor costs time and never changes a bit; lineage is cut by a durable state every c rounds, from which
 * a killed run goes on. Runs on the driver; {@link Round} is what executors run.
 *
 * <p>Source: McMahan et al. 2017, Communication-Efficient Learning of Deep Networks from Decentralized Data (local steps and
 * averaging).
 */
public final class Training {
    private static final int SLICE = 1 << 20; // values: 4 MB a shuffle block

    private final JavaSparkContext context;
    private final Plan plan;
    private final Examples examples;
    private final Path folder;
    private final ObjectNode facts;
    private final TrainingLog log;
    private final int roundsPerState;

    private final List<Broadcast<float[]>> sent = new ArrayList<>();

    /**
     * @param folder of the training run, where durable states lie beside each other
     * @param facts what {@code trainer_state.json} says besides the round
     * @param roundsPerState c, rounds between two durable states
     */
    public Training(
            JavaSparkContext context,
            Plan plan,
            Examples examples,
            Path folder,
            ObjectNode facts,
            TrainingLog log,
            int roundsPerState) {
        this.context = context;
        this.plan = plan;
        this.examples = examples;
        this.folder = folder;
        this.facts = facts;
        this.log = log;
        this.roundsPerState = roundsPerState;
    }

    /**
     * Trains to the end, from the newest durable state if there is one; the last state is a checkpoint in the folder itself.
     *
     * @param initial θ_0, for a run that starts
     */
    public void run(float[] initial) {
        TrainingState state = begin(initial);
        JavaRDD<Replica> replicas = loaded(state);
        while (state.round() < plan.rounds()) {
            long start = System.nanoTime();
            Broadcast<float[]> theta = context.broadcast(state.parameters());
            sent.add(theta);
            JavaRDD<Round.Result> results = results(replicas, state.round(), theta);
            state = averaged(state, results);
            List<Round.Measures> measures =
                    new ArrayList<>(results.map(Round.Result::measures).collect());
            measures.sort(Comparator.comparingInt(Round.Measures::replica));
            log.round(plan, state.round(), measures, (System.nanoTime() - start) / 1e9);
            requireSound(state, measures);
            replicas = results.map(Round.Result::next);
            if (state.round() % roundsPerState == 0 || state.round() == plan.rounds()) {
                replicas = saved(state, replicas);
                results.unpersist();
            }
        }
    }

    /** What has diverged does not come back: better to stop than to go on from it, or to leave it as a checkpoint. */
    private void requireSound(TrainingState state, List<Round.Measures> measures) {
        boolean sound = !measures.stream().allMatch(Round.Measures::diverged) && isFinite(state.parameters());
        if (!sound) {
            throw new UserError("training diverged before step %d: loss, gradient or parameters are not finite; lower "
                            .formatted(plan.firstStep(state.round()))
                    + "--learning-rate, or raise --warmup");
        }
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private TrainingState begin(float[] initial) {
        Optional<Path> newest = TrainingState.newest(folder);
        if (newest.isPresent()) {
            TrainingState state = TrainingState.load(newest.get(), plan.model());
            log.resume(newest.get());
            Progress.line("%s | going on after round %d of %d".formatted(log.job(), state.round(), plan.rounds()));
            return state;
        }
        Plan own = plan;
        TrainingState state = new TrainingState(0, initial, new float[initial.length]);
        saved(state, context.parallelize(numbers(), plan.replicas()).map(number -> Replica.initial(number, own)));
        return state;
    }

    private List<Integer> numbers() {
        return IntStream.range(0, plan.replicas()).boxed().toList();
    }

    private JavaRDD<Replica> loaded(TrainingState state) {
        String from = place(state.round()).toString();
        int k = plan.replicas();
        long step = plan.firstStep(state.round());
        return context.parallelize(numbers(), k).map(number -> Replica.load(new Path(from), number, k, step));
    }

    private JavaRDD<Round.Result> results(JavaRDD<Replica> replicas, long round, Broadcast<float[]> theta) {
        Plan plan = this.plan;
        Examples examples = this.examples;
        return replicas.map(replica -> Round.run(plan, round, theta.value(), replica, examples))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** The mean of all contributions, slice by slice, and what the strategy makes of it. */
    private TrainingState averaged(TrainingState state, JavaRDD<Round.Result> results) {
        int slices = (state.parameters().length + SLICE - 1) / SLICE;
        float[] mean = new float[state.parameters().length];
        results.flatMapToPair(result -> slices(result).iterator())
                .groupByKey(new HashPartitioner(Math.min(slices, plan.replicas())))
                .mapValues(Training::mean)
                .collect()
                .forEach(slice -> System.arraycopy(slice._2, 0, mean, slice._1 * SLICE, slice._2.length));
        double learningRate = plan.schedule().rate(plan.firstStep(state.round()));
        Strategy.State next = Strategy.named(plan.strategy())
                .finish(new Strategy.State(state.parameters(), state.momentum()), mean, learningRate);
        return new TrainingState(state.round() + 1, next.parameters(), next.momentum());
    }

    /** A slice on its way through the shuffle. */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that pass through unchanged: not copied
    private record Slice(int replica, double weight, float[] values) implements java.io.Serializable {}

    private static List<Tuple2<Integer, Slice>> slices(Round.Result result) {
        List<Tuple2<Integer, Slice>> slices = new ArrayList<>();
        float[] all = result.parameters();
        for (int i = 0; i * SLICE < all.length; i++) {
            float[] values = Arrays.copyOfRange(all, i * SLICE, Math.min(all.length, (i + 1) * SLICE));
            double weight = Math.max(
                    1, result.measures().targets()); // a replica without targets stood still; its vote is a token's
            slices.add(new Tuple2<>(i, new Slice(result.next().number(), weight, values)));
        }
        return slices;
    }

    private static float[] mean(Iterable<Slice> slices) {
        List<Strategy.Contribution> contributions = new ArrayList<>();
        slices.forEach(
                slice -> contributions.add(new Strategy.Contribution(slice.replica, slice.weight, slice.values)));
        return Strategy.mean(contributions);
    }

    /** Where the state after a round lies: the last one is the checkpoint that the whole folder is. */
    private Path place(long round) {
        return round == plan.rounds() ? folder : TrainingState.folder(folder, round);
    }

    /** Makes a state durable and cuts the lineage there: the replicas are read from it from now on. */
    private JavaRDD<Replica> saved(TrainingState state, JavaRDD<Replica> replicas) {
        Path target = place(state.round());
        String to = target.toString();
        int k = plan.replicas();
        replicas.foreach(replica -> replica.save(new Path(to), k));
        log.save(target);
        state.save(target, plan.model(), facts.deepCopy().put("step", plan.firstStep(state.round())));
        sent.forEach(Broadcast::destroy);
        sent.clear();
        TrainingState.folders(folder).filter(old -> !old.equals(target)).forEach(Storage::delete);
        return loaded(state);
    }
}
