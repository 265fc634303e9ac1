package kindling.jobs.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import kindling.jobs.examples.Examples;
import kindling.model.Batch;
import kindling.model.average.Wire;
import kindling.model.train.Learner;
import kindling.model.train.Part;
import kindling.model.train.Schedule;
import kindling.model.train.TrainerState;
import kindling.model.train.Watch;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;

/**
 * One replica's work between two averagings, a pure function: (θ, replica, data) to (contribution, replica'). Runs on executors; run
 * again, it gives the same bits.
 */
final class Round {
    private final Plan plan;
    private final long round;
    private final Start start;
    private final Replica replica;
    private final Measures.Sums sums = new Measures.Sums();

    private Round(Plan plan, long round, Start start, Replica replica) {
        this.plan = plan;
        this.round = round;
        this.start = start;
        this.replica = replica;
    }

    /**
     * What all replicas start a round from.
     *
     * @param slices θ, and the optimiser's moments where all replicas share them
     * @param updates by averaged gradients so far
     */
    record Start(Slices slices, long updates) implements Serializable {}

    /**
     * What a replica made of a round.
     *
     * @param contribution to the mean, as the wire writes it: θ_k, or the way from θ to it, or gradients; and moments, where they are
     *     averaged
     */
    record Result(Replica next, Map<Slices.Key, byte[]> contribution, Measures measures) implements Serializable {}

    static Result run(Plan plan, long round, Broadcast<Start> sent, Replica replica, Examples examples) {
        Clock clock = new Clock();
        Start start = sent.value();
        clock.fetched();
        Result result = new Round(plan, round, start, replica).run(examples, clock);
        return new Result(result.next, result.contribution, result.measures.with(clock.work(result.contribution)));
    }

    private Result run(Examples examples, Clock clock) {
        try (Batches batches = new Batches(plan, round, replica.number(), examples)) {
            return Learners.with(plan, round, replica.number(), learner -> {
                for (Part part : plan.parts()) {
                    learner.parameters(part.from(), start.slices.parameters(part));
                }
                return plan.averagesGradients(round)
                        ? gradients(learner, batches, clock)
                        : localSteps(learner, batches, clock);
            });
        }
    }

    private Result gradients(Learner learner, Batches batches, Clock clock) {
        long step = batches.step();
        List<Batch> mine = batches.next();
        sums.add(step, mine, clock.timed(() -> learner.gradients(mine, start.updates)));
        clock.computed();
        Map<Slices.Key, byte[]> contribution = new TreeMap<>();
        float[] residual = write(part -> learner.gradients(part.from(), part.size()), contribution);
        return new Result(
                new Replica(replica.number(), replica.state(), residual),
                contribution,
                sums.measures(replica.number()));
    }

    private Result localSteps(Learner learner, Batches batches, Clock clock) {
        learner.state(state());
        Schedule schedule = plan.schedule();
        while (batches.hasNext()) {
            requireGoingOn();
            long step = batches.step();
            List<Batch> mine = batches.next();
            sums.add(step, mine, clock.timed(() -> learner.step(mine, schedule.rate(step))));
        }
        clock.computed();
        Map<Slices.Key, byte[]> contribution = new TreeMap<>();
        float[] residual = write(part -> way(learner, part), contribution);
        TrainerState state = learner.state();
        if (plan.averaging().averageMoments() && sums.targets() > 0) {
            state = withoutMoments(state, contribution);
        }
        return new Result(
                new Replica(replica.number(), state, residual), contribution, sums.measures(replica.number()));
    }

    /** A task that was told to end does not wait for the last step. */
    private static void requireGoingOn() {
        if (TaskContext.get() != null && TaskContext.get().isInterrupted()) {
            throw new TaskKilledException();
        }
    }

    /** The replica's own state, and what all share. */
    private TrainerState state() {
        Map<String, float[]> arrays = new TreeMap<>(replica.state().arrays());
        start.slices.moments().forEach(name -> arrays.put(name, start.slices.array(name)));
        return new TrainerState(
                plan.takesOver(round) ? start.updates : replica.state().step(), arrays);
    }

    /** A wire that loses something carries the difference, whose losses are small. */
    private float[] way(Learner learner, Part part) {
        float[] reached = learner.parameters(part.from(), part.size());
        if (!plan.averaging().wire().isExact()) {
            float[] theta = start.slices.parameters(part);
            for (int i = 0; i < reached.length; i++) {
                reached[i] -= theta[i];
            }
        }
        return reached;
    }

    /** Returns the new residual. Who learnt from no target has nothing to say, and loses nothing. */
    private float[] write(Function<Part, float[]> values, Map<Slices.Key, byte[]> contribution) {
        float[] residual = plan.takesOver(round) // from gradients, whose losses are no way of parameters
                ? new float[replica.residual().length]
                : replica.residual().clone();
        if (sums.targets() == 0) {
            return residual;
        }
        for (Part part : plan.parts()) {
            contribution.put(
                    new Slices.Key(Slices.PARAMETERS, part.index()), written(values.apply(part), part, residual));
        }
        return residual;
    }

    private byte[] written(float[] values, Part part, float[] residual) {
        Wire wire = plan.averaging().wire();
        if (wire.isExact()) {
            return wire.encode(values, 0, values.length, null);
        }
        float[] lost = Arrays.copyOfRange(residual, part.from(), part.from() + part.size());
        byte[] bytes = wire.encode(values, 0, values.length, lost);
        System.arraycopy(lost, 0, residual, part.from(), part.size());
        return bytes;
    }

    /** Moves moments into the contribution: they travel exactly. */
    private static TrainerState withoutMoments(TrainerState state, Map<Slices.Key, byte[]> contribution) {
        Slices moments = Slices.none();
        Map<String, float[]> own = new TreeMap<>(state.arrays());
        state.arrays().forEach((name, values) -> {
            if (!name.equals(Watch.NAME)) {
                moments.add(name, values, Slices.equal(values.length));
                own.remove(name);
            }
        });
        contribution.putAll(moments.bytes());
        return new TrainerState(state.step(), own);
    }
}
