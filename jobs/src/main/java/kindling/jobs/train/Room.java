package kindling.jobs.train;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kindling.jobs.UserError;
import kindling.model.train.MemoryPlan;
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

    /**
     * Asks where replicas will run, by as many tasks as there are, and refuses a plan that does not fit: a JVM may have to hold as
     * many replicas as it has slots.
     *
     * @throws UserError with the numbers and the remedies
     */
    public static void require(JavaSparkContext context, Plan plan, MemoryPlan memory) {
        int k = plan.replicas();
        List<Integer> numbers = IntStream.range(0, k).boxed().toList();
        boolean local = context.isLocal();
        int cores = local ? context.defaultParallelism() : context.getConf().getInt("spark.executor.cores", 1);
        int slots = Math.max(1, cores / context.getConf().getInt("spark.task.cpus", 1));
        Room least = context.parallelize(numbers, k).map(number -> new Room(slots, bytesAvailable())).collect().stream()
                .min(Comparator.comparingLong(Room::available))
                .orElseThrow();
        try {
            memory.requireFits(Math.min(k, least.slots), least.available);
        } catch (IllegalStateException e) {
            throw new UserError(e.getMessage()
                    + ": --batch-size (with --accumulate for the same step), --sequence-length, --recompute, fewer "
                    + "cores, or more memory for executors outside the heap");
        }
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
