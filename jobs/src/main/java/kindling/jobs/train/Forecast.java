package kindling.jobs.train;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import kindling.jobs.UserError;
import kindling.jobs.io.Progress;
import kindling.model.TransformerConfig;
import kindling.model.tensor.MachineRate;
import kindling.model.train.MemoryPlan;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a training will take, told before it starts and refused when there is not enough: memory outside the heap on executors, heap there and on the
 * driver, and about how long. Runs on the driver; executors say what they have.
 */
public final class Forecast {
    /** Of the machine's products, what whole steps reach: see the measurements in LOG.md. */
    private static final double SHARE_OF_PRODUCTS = 0.6;

    /** θ as it was, twice as it travels, and as it comes back. */
    private static final int DRIVER_COPIES = 4;

    /** θ to start from, θ_k, its slices, a slice's share of the sums, and as much again while they are collected. */
    private static final int REPLICA_COPIES = 6;

    private static final double USABLE = 0.9; // of a heap; Spark's own share is small beside arrays that do not fit

    private final JavaSparkContext context;
    private final Plan plan;
    private final String remedies;

    /** @param remedies options that make a replica smaller outside the heap */
    public Forecast(JavaSparkContext context, Plan plan, String remedies) {
        this.context = context;
        this.plan = plan;
        this.remedies = remedies;
    }

    /** What an executor's JVM has. */
    private record Machine(long heap, double gigaflops) implements Serializable {
        static Machine here() {
            return new Machine(Runtime.getRuntime().maxMemory(), MachineRate.gigaflops());
        }
    }

    /**
     * Prints the plan.
     *
     * @throws UserError with the numbers, naming the options and Spark's settings to change
     */
    public void tell(String job, TrainingLog log) {
        MemoryPlan memory = plan.memory();
        memory.lines().forEach(line -> Progress.line(job + " | memory of a replica | " + line));
        List<Room> rooms = Room.require(context, plan.replicas(), memory, remedies);
        int slots = rooms.stream().mapToInt(Room::slots).max().orElse(1);
        int atATime = Math.min(plan.replicas(), slots);
        List<Integer> replicas = IntStream.range(0, plan.replicas()).boxed().toList();
        List<Machine> machines = context.parallelize(replicas, replicas.size())
                .map(replica -> Machine.here())
                .collect();
        requireHeaps(job, atATime, machines);
        double gigaflops =
                machines.stream().mapToDouble(Machine::gigaflops).average().orElse(1);
        tellTime(job, gigaflops, concurrency());
        log.compareWith(plan.model().flopsPerToken(plan.length()), gigaflops);
    }

    private int concurrency() {
        int perTask = context.getConf().getInt("spark.task.cpus", 1);
        return Math.max(1, Math.min(plan.replicas(), context.defaultParallelism() / perTask));
    }

    private void requireHeaps(String job, int atATime, List<Machine> machines) {
        long theta = 4 * plan.model().parameterCount();
        long moments = plan.initialState().arrays().values().stream()
                .mapToLong(values -> 4L * values.length)
                .sum();
        long driver = DRIVER_COPIES * theta;
        long executor = theta + atATime * (REPLICA_COPIES * theta + 2 * moments);
        long driverHeap = Runtime.getRuntime().maxMemory();
        long executorHeap = machines.stream().mapToLong(Machine::heap).min().orElse(driverHeap);
        boolean oneJvm = context.isLocal();
        Progress.line(String.format(
                Locale.ROOT,
                "%s | heap | driver %,d bytes of %,d, executor %,d of %,d (%d replicas at a time)%s",
                job,
                driver,
                driverHeap,
                executor,
                executorHeap,
                atATime,
                oneJvm ? ", both in one" : ""));
        require(oneJvm ? driver + executor : driver, driverHeap, "the driver", "--driver-memory");
        if (!oneJvm) {
            require(executor, executorHeap, "an executor", "--executor-memory, or lower spark.executor.cores");
        }
    }

    private static void require(long needed, long heap, String who, String setting) {
        if (needed > USABLE * heap) {
            throw new UserError("training needs about %,d bytes of heap on %s, which has %,d: raise %s"
                    .formatted(needed, who, heap, setting));
        }
    }

    private void tellTime(String job, double gigaflops, int concurrency) {
        TransformerConfig config = plan.model();
        double tokens = (double) plan.steps() * plan.accumulate() * plan.batchSize() * plan.length() * plan.replicas();
        double seconds =
                tokens * config.flopsPerToken(plan.length()) / 1e9 / (gigaflops * concurrency * SHARE_OF_PRODUCTS);
        Progress.line(String.format(
                Locale.ROOT,
                "%s | time | about %s for %,.0f tokens, %d replicas at a time on machines of %.0f GFLOP/s a core",
                job,
                TrainingLog.duration(seconds),
                tokens,
                concurrency,
                gigaflops));
    }
}
