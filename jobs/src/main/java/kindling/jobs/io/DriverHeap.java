package kindling.jobs.io;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** The heap of this virtual machine: on the driver that of the driver, and of its tasks too where it runs them itself. */
public final class DriverHeap {
    private DriverHeap() {}

    /** Forgets the peaks so far. */
    public static void reset() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** The most bytes in use, garbage included: the sum of the peaks of the heap's pools, which is never less than the peak of the sum. */
    public static long peakBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
