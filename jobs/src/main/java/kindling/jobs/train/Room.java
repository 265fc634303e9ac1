package kindling.jobs.train;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import kindling.jobs.UserError;
import kindling.model.train.MemoryPlan;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside the heap in one JVM that runs replicas, and how many of them it runs at a time.
 *
 * @param slots tasks at a time
 * @param available bytes
 */
public record Room(int slots, long available) implements Serializable {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final String FREE = "MemAvailable:";
    private static final long KIBIBYTE = 1024;
    private static final int ALL_CORES = Integer.MAX_VALUE;
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+|\\*)(?:,.*)?]");
    private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[[^,]*,\\s*(\\d+)\\s*,.*");

    /**
     * Asks where replicas will run, by as many tasks as there are, and refuses a plan that does not fit: a JVM may have to hold as
     * many learners as it has slots.
     *
     * @param memory of one task
     * @return what each of them has
     * @param remedies options that make it less
     * @throws UserError with the numbers and the remedies
     */
    public static List<Room> require(JavaSparkContext context, int tasks, MemoryPlan memory, String remedies) {
        int cores = cores(context.master(), context.getConf());
        int perTask = context.getConf().getInt("spark.task.cpus", 1);
        JavaRDD<Integer> numbers =
                context.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
        List<Room> rooms = numbers.map(number -> here(cores, perTask)).collect();
        rooms.forEach(room -> room.require(tasks, memory, remedies));
        return rooms;
    }

    /** The same for one learner in this JVM. */
    public static void requireHere(MemoryPlan memory, String remedies) {
        here(1, 1).require(1, memory, remedies);
    }

    void require(int tasks, MemoryPlan memory, String remedies) {
        try {
            memory.requireFits(Math.min(tasks, slots), available);
        } catch (IllegalStateException e) {
            throw new UserError(
                    "%s: %s, or more memory for executors outside the heap (spark.executor.memoryOverhead, fewer spark.executor.cores)"
                            .formatted(e.getMessage(), remedies));
        }
    }

    /** Cores of a JVM that runs tasks, or {@link #ALL_CORES} of the machine that it is on. */
    static int cores(String master, SparkConf conf) {
        Matcher local = LOCAL.matcher(master);
        if (master.equals("local")) {
            return 1;
        }
        if (local.matches()) {
            return local.group(1).equals("*") ? ALL_CORES : Integer.parseInt(local.group(1));
        }
        Matcher localCluster = LOCAL_CLUSTER.matcher(master);
        int unset = localCluster.matches()
                ? Integer.parseInt(localCluster.group(1))
                : master.startsWith("spark:") ? ALL_CORES : 1; // YARN and Kubernetes give one
        return Math.min(conf.getInt("spark.executor.cores", unset), conf.getInt("spark.cores.max", ALL_CORES));
    }

    private static Room here(int cores, int perTask) {
        int used = cores == ALL_CORES ? Runtime.getRuntime().availableProcessors() : cores;
        return new Room(Math.max(1, used / perTask), bytesAvailable());
    }

    /** What JavaCPP may still take, what the machine or container has, and what is free of it: the least of them. */
    private static long bytesAvailable() {
        long machine = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        long free = Math.min(machine, free());
        long limited = Pointer.maxBytes() > 0 ? Pointer.maxBytes() - Pointer.totalBytes() : Long.MAX_VALUE;
        long physical =
                Pointer.maxPhysicalBytes() > 0 ? Pointer.maxPhysicalBytes() - Pointer.physicalBytes() : Long.MAX_VALUE;
        return Math.max(0, Math.min(free, Math.min(limited, physical)));
    }

    private static long free() {
        try {
            return Files.readAllLines(MEMORY).stream()
                    .filter(line -> line.startsWith(FREE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE; // not Linux
        }
    }
}
