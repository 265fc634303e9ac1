package kindling.jobs.train;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the processors of this machine have counted as their energy at one moment; a task takes a reading when it begins and one
 * when it ends. The counters are those of RAPL, which Linux shows for Intel's and AMD's packages and lets only root read (since
 * 5.10). Where they cannot be read, energy is an estimate: {@link #CORE_WATTS} for every second of a busy core.
 *
 * <p>Source: Linux kernel documentation, Power Capping Framework
 * (docs.kernel.org/power/powercap/powercap.html).
 *
 * @param packages counters by zone; empty where they cannot be read
 * @param cores of the machine that share the packages
 * @param nanos when it was read
 */
record Energy(Map<String, Counter> packages, int cores, long nanos) {
    /**
     * The power of a core in a processor that is not known: what Green Algorithms takes (Lannelongue, Grealey and Inouye 2021,
     * doi.org/10.1002/advs.202100707, table of TDP a core, "Any").
     */
    static final double CORE_WATTS = 12;

    private static final Path SYS = Path.of("/sys");
    private static final Pattern ZONE = Pattern.compile("intel-rapl:\\d+"); // with another :N, a part of one

    Energy {
        packages = Map.copyOf(packages);
    }

    /**
     * A counter of microjoules.
     *
     * @param range at which it starts again from 0: after three quarters of an hour of 100 W, which no round takes
     */
    record Counter(long microjoules, long range) {
        private double joulesSince(Counter start) {
            long counted = microjoules - start.microjoules;
            return (counted < 0 ? counted + range : counted) / 1e6;
        }
    }

    /**
     * What a task took.
     *
     * @param measured whether counters said so, and not the estimate
     */
    record Spent(double joules, boolean measured) implements Serializable {}

    /** A reading of this machine. */
    static Energy now() {
        return read(SYS, System.nanoTime());
    }

    /** @param sys where the kernel shows its devices */
    static Energy read(Path sys, long nanos) {
        Map<String, Counter> packages = new TreeMap<>();
        try {
            for (Path zone : zones(sys.resolve("class/powercap"))) {
                if (text(zone, "name").startsWith("package")) { // psys is the whole machine, packages included
                    packages.put(
                            zone.getFileName().toString(),
                            new Counter(number(zone, "energy_uj"), number(zone, "max_energy_range_uj")));
                }
            }
            return new Energy(packages, cores(text(sys, "devices/system/cpu/online")), nanos);
        } catch (IOException | NumberFormatException e) {
            return new Energy(Map.of(), 1, nanos); // no Linux, no RAPL, or not root
        }
    }

    private static List<Path> zones(Path powercap) throws IOException {
        try (Stream<Path> all = Files.list(powercap)) {
            return all.filter(
                            zone -> ZONE.matcher(zone.getFileName().toString()).matches())
                    .toList();
        }
    }

    private static String text(Path folder, String file) throws IOException {
        return Files.readString(folder.resolve(file)).strip();
    }

    private static long number(Path folder, String file) throws IOException {
        return Long.parseLong(text(folder, file));
    }

    /** How many a list such as {@code 0-3,8} names. */
    private static int cores(String online) {
        return Stream.of(online.split(","))
                .map(range -> range.split("-"))
                .mapToInt(ends -> Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1)
                .sum();
    }

    /**
     * What a task took from a reading to this one. Of the packages' joules its share is its part of the seconds of all cores, so
     * that tasks side by side add up to the machine and count nothing twice.
     *
     * @param coreSeconds that the task was busy: seconds times its threads
     */
    Spent since(Energy start, double coreSeconds) {
        if (packages.isEmpty() || !packages.keySet().equals(start.packages.keySet())) {
            return new Spent(coreSeconds * CORE_WATTS, false);
        }
        double joules = packages.keySet().stream()
                .mapToDouble(zone -> packages.get(zone).joulesSince(start.packages.get(zone)))
                .sum();
        double seconds = (nanos - start.nanos) / 1e9;
        return new Spent(joules * Math.min(1, coreSeconds / (cores * seconds)), true);
    }
}
