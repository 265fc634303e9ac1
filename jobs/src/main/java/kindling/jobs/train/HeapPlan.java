package kindling.jobs.train;

/**
 * Heap that a training takes, in bytes, by arrays of 4 P bytes that live at a time, P parameters. What Spark caches (broadcasts, results of a round)
 * goes to disk when it outgrows Spark's share of the heap, but that share is not given to others: so the rest must hold what is in use.
 *
 * @param inUse arrays that tasks or the driver hold on to
 * @param cached what Spark keeps and may evict
 */
public record HeapPlan(long inUse, long cached) {
    private static final long RESERVED = 300L << 20; // Spark's own, org.apache.spark.memory.UnifiedMemoryManager
    private static final double CACHE_SHARE = 0.6; // spark.memory.fraction unless somebody set it

    /**
     * An executor that runs replicas: for each θ, θ_k, its slices and the optimiser's two moments in use; two rounds' results cached, and θ as it
     * came and as it is read.
     *
     * @param shared arrays that travel besides θ: moments that are averaged
     */
    public static HeapPlan executor(long parameters, int shared, int replicas) {
        long array = 4 * parameters;
        int travelling = 1 + shared;
        return new HeapPlan(
                replicas * array * (4 + travelling), array * (2 * travelling + replicas * 2 * (2 + travelling)));
    }

    /**
     * The driver: what comes back, what it replaces and what is written; broadcasts cached until the next durable state.
     *
     * @param shared as above, and moments that replicas take over
     */
    public static HeapPlan driver(long parameters, int shared) {
        long array = 4 * parameters;
        int travelling = 1 + shared;
        return new HeapPlan(array * (2 * travelling + 1), array * 2 * travelling * 20);
    }

    /** Both in one. */
    HeapPlan plus(HeapPlan other) {
        return new HeapPlan(inUse + other.inUse, cached + other.cached);
    }

    /** The smallest heap that holds it. */
    public long bytes() {
        return RESERVED + Math.min(inUse + cached, (long) (inUse / (1 - CACHE_SHARE)));
    }
}
