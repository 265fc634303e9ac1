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

    private static final int MOMENTS = 2; // arrays of an optimiser; Muon has fewer

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
        List<Integer> tasks = IntStream.range(0, concurrency()).boxed().toList();
        List<Machine> machines = context.parallelize(tasks, tasks.size())
                .map(task -> Machine.here())
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
        long parameters = plan.model().parameterCount();
        int averaged = plan.averaging().averageMoments() ? MOMENTS : 0;
        HeapPlan driver = HeapPlan.driver(parameters, plan.gradientSteps() > 0 ? MOMENTS : averaged);
        HeapPlan executor = HeapPlan.executor(parameters, averaged, atATime);
        long driverHeap = Runtime.getRuntime().maxMemory();
        long executorHeap = machines.stream().mapToLong(Machine::heap).min().orElse(driverHeap);
        Progress.line(String.format(
                Locale.ROOT,
                "%s | heap | driver %,d bytes of %,d, executor %,d of %,d (%d replicas at a time)%s",
                job,
                driver.bytes(),
                driverHeap,
                executor.bytes(),
                executorHeap,
                atATime,
                context.isLocal() ? ", both in one" : ""));
        if (context.isLocal()) {
            require(driver.plus(executor).bytes(), driverHeap, "this machine", "--driver-memory");
            return;
        }
        require(driver.bytes(), driverHeap, "the driver", "--driver-memory");
        require(executor.bytes(), executorHeap, "an executor", "--executor-memory, or lower spark.executor.cores");
        requireResultSize(4 * parameters * (1 + averaged));
    }

    /** Spark ends a job whose results are larger. */
    private void requireResultSize(long collected) {
        long most = context.getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
        if (most > 0 && collected > most) {
            throw new UserError(
                    "each round %,d bytes come to the driver, and spark.driver.maxResultSize allows %,d: raise it"
                            .formatted(collected, most));
        }
    }

    private static void require(long needed, long heap, String who, String setting) {
        if (needed > heap) {
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
