package kindling.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import kindling.jobs.UserError;
import kindling.jobs.examples.Examples;
import kindling.jobs.io.Progress;
import kindling.model.train.Outcome;
import kindling.model.train.Watch;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Data-parallel training by rounds: θ goes out by broadcast, each replica works on its own sequences, and an {@link Exchange} makes the next θ of
 * what they contribute. A round is a pure function, so a lost executor costs time and never changes a bit; lineage is cut by a durable state every
 * c rounds, from which a killed run goes on. Runs on the driver; {@link Round} is what executors run.
 *
 * <p>Sources: McMahan et al. 2017, Communication-Efficient Learning of Deep Networks from Decentralized Data (local steps and averaging);
 * Rajbhandari et al. 2020, ZeRO, stage 1 (each slice of averaged gradients moves where it is summed).
 */
public final class Training {
    private final JavaSparkContext context;
    private final Plan plan;
    private final Examples examples;
    private final States states;
    private final Exchange exchange;
    private final TrainingLog log;
    private final Evaluations evaluations;

    private final List<Broadcast<Round.Start>> sent = new ArrayList<>();
    private TrainingState state;
    private JavaRDD<Replica> replicas;
    private JavaPairRDD<Slices.Key, Map<String, float[]>> outer;
    private JavaRDD<Round.Result> former;
    private long saved = -1;

    /**
     * @param folder of the training run, where durable states lie beside each other
     * @param facts what {@code trainer_state.json} says besides the state
     */
    public Training(
            JavaSparkContext context,
            Plan plan,
            Examples examples,
            Path folder,
            ObjectNode facts,
            TrainingLog log,
            States.Keeping keeping,
            Evaluations evaluations) {
        this.context = context;
        this.plan = plan;
        this.examples = examples;
        this.states = new States(context, plan, folder, facts, keeping);
        this.exchange = new Exchange(plan);
        this.log = log;
        this.evaluations = evaluations;
    }

    /**
     * Trains to the end, from the newest durable state if there is one; the last state is a checkpoint in the folder itself.
     *
     * @param initial θ_0, asked for by a run that starts
     * @throws UserError when training diverges, or was asked to stop
     */
    public void run(Supplier<float[]> initial) {
        try {
            if (begin(initial)) {
                train();
            }
        } catch (Exception e) {
            throw Trouble.explained(e, log.job(), state == null ? 0 : state.round());
        } finally {
            Learners.release(); // where executors are not processes of their own
        }
    }

    private void train() {
        if (isLast()) {
            save(true); // it was stopped when only this was left
        }
        try (StopRequest stop = new StopRequest(context)) {
            while (!isLast()) {
                boolean asked = stop.during(this::round);
                if (state.round() != saved && (asked || isLast() || states.isDue(state.round()))) {
                    save(isLast());
                }
                if (asked || stop.isAsked()) {
                    throw stop.error(log.job(), state.round(), plan.rounds());
                }
            }
        }
    }

    private boolean isLast() {
        return state.round() == plan.rounds() || evaluations.isEnough(state.best());
    }

    /** Where to start; false when there is nothing left to do. */
    private boolean begin(Supplier<float[]> initial) {
        Optional<Path> newest = states.newest(log.job());
        if (newest.isPresent()) {
            state = states.load(newest.get());
            log.resume(newest.get());
            readFrom(newest.get());
            saved = state.round();
            Progress.line("%s | going on after round %d of %d".formatted(log.job(), state.round(), plan.rounds()));
            if (states.isEnd(newest.get())) {
                states.forget(newest.get(), true);
            }
            return !states.isEnd(newest.get());
        }
        Plan own = plan;
        Slices slices = Slices.none().add(Slices.PARAMETERS, initial.get(), plan.parts());
        state = new TrainingState(0, new Round.Start(slices, 0), watch().state(), TrainingState.Best.NONE);
        replicas = context.parallelize(
                        IntStream.range(0, plan.replicas()).boxed().toList(), plan.replicas())
                .map(number -> Replica.initial(number, own));
        outer = Exchange.nothing(context);
        save(isLast());
        return !isLast();
    }

    private void readFrom(Path durable) {
        replicas = states.replicas(durable);
        outer = states.outer(durable);
    }

    /** Makes the state durable and cuts the lineage there: everything is read from it from now on. */
    private void save(boolean last) {
        readFrom(states.save(state, replicas, outer, log, last));
        saved = state.round();
        sent.forEach(Broadcast::destroy);
        sent.clear();
    }

    /** One round; the run's state changes when all of it has been done. */
    private void round() {
        RoundTimer timer = new RoundTimer();
        Round.Start start = plan.takesOver(state.round()) ? takenOver() : state.start();
        Broadcast<Round.Start> theta = context.broadcast(start);
        sent.add(theta);
        JavaRDD<Round.Result> results = results(theta);
        List<Measures> measures =
                new ArrayList<>(results.map(Round.Result::measures).collect());
        measures.sort(Comparator.comparingInt(Measures::replica));
        timer.computed();
        requireSound(measures.stream()
                .filter(made -> made.tokens() > 0)
                .map(Measures::diverged)
                .reduce(Boolean::logicalAnd)
                .map(diverged -> !diverged)
                .orElse(true));
        Advance advance = advance(results, theta, measures);
        timer.exchanged();
        Evaluations.Evaluated evaluated = evaluations.after(advance.next);
        settle(advance, results, evaluated.state());
        log.round(plan, state.round(), measures, advance, timer, evaluated);
    }

    private Round.Start takenOver() {
        Slices slices = exchange.moments(outer);
        slices.bytes().putAll(state.start().slices().bytes());
        return new Round.Start(slices, state.start().updates());
    }

    private JavaRDD<Round.Result> results(Broadcast<Round.Start> theta) {
        Plan plan = this.plan;
        Examples examples = this.examples;
        long round = state.round();
        return replicas.map(replica -> Round.run(plan, round, theta, replica, examples))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /**
     * What a round made of the state.
     *
     * @param gradientNorm of the mean gradient, or the mean of the replicas' norms
     * @param skipped why all replicas left a step out, or nothing
     */
    record Advance(
            TrainingState next,
            JavaPairRDD<Slices.Key, Map<String, float[]>> outer,
            double gradientNorm,
            Optional<String> skipped) {}

    private Advance advance(JavaRDD<Round.Result> results, Broadcast<Round.Start> theta, List<Measures> measures) {
        long targets = measures.stream().mapToLong(Measures::targets).sum();
        if (targets == 0) {
            return new Advance(next(theta.value(), state.guard()), before(), Double.NaN, Optional.empty());
        }
        if (!plan.averagesGradients(state.round())) {
            return averaged(results, theta, measures);
        }
        double loss = measures.stream().mapToDouble(Measures::lossSum).sum() / targets;
        return step(exchange.gradient(results), loss, theta);
    }

    private Watch watch() {
        return new Watch(plan.settings().guard());
    }

    private Advance averaged(JavaRDD<Round.Result> results, Broadcast<Round.Start> theta, List<Measures> measures) {
        Exchange.Outcome made = exchange.parameters(results, before(), theta, state.round());
        requireSound(made.finite());
        double norm = measures.stream()
                .mapToDouble(Measures::gradientNorm)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        Round.Start start = new Round.Start(made.slices(), theta.value().updates());
        return new Advance(next(start, state.guard()), made.outer(), norm, Optional.empty());
    }

    private Advance step(Exchange.Gradient gradient, double loss, Broadcast<Round.Start> theta) {
        Watch guard = watch();
        guard.state(state.guard());
        double norm = gradient.norm();
        if (guard.judge(loss, norm) instanceof Outcome.Skipped skipped) {
            return new Advance(next(theta.value(), guard.state()), outer, norm, Optional.of(skipped.reason()));
        }
        Exchange.Outcome made = exchange.step(gradient, outer, theta, plan.firstStep(state.round()));
        requireSound(made.finite());
        Round.Start start = new Round.Start(made.slices(), theta.value().updates() + 1);
        return new Advance(next(start, guard.state()), made.outer(), norm, Optional.empty());
    }

    /** The outer optimiser's arrays before this round; those of averaged gradients went to the replicas where these take over. */
    private JavaPairRDD<Slices.Key, Map<String, float[]>> before() {
        return plan.takesOver(state.round()) ? Exchange.nothing(context) : outer;
    }

    private TrainingState next(Round.Start start, float[] guard) {
        return new TrainingState(state.round() + 1, start, guard, state.best());
    }

    /** What has diverged does not come back: better to stop than to go on from it, or to leave it as a checkpoint. */
    private void requireSound(boolean sound) {
        if (!sound) {
            throw new UserError("training diverged before step %d: loss, gradient or parameters are not finite; lower "
                            .formatted(plan.firstStep(state.round() + 1))
                    + "--learning-rate, or raise --warmup");
        }
    }

    private void settle(Advance advance, JavaRDD<Round.Result> results, TrainingState next) {
        replicas = results.map(Round.Result::next);
        if (advance.outer != outer) {
            exchange.forget();
        }
        outer = advance.outer;
        state = next;
        if (former != null) {
            former.unpersist();
        }
        former = results;
        sent.get(sent.size() - 1).unpersist(); // executors fetch it again where they must compute a round again
    }
}
