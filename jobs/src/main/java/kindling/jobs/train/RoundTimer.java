package kindling.jobs.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the times of one round, on the driver. */
final class RoundTimer {
    private final long start = System.nanoTime();
    private long computed = start;
    private long exchanged = start;

    /** All replicas have made their steps. */
    void computed() {
        computed = System.nanoTime();
    }

    /** The next θ is there. */
    void exchanged() {
        exchanged = System.nanoTime();
    }

    /**
     * Where the time of a round went; the three parts add up to the whole.
     *
     * @param seconds of the whole round
     * @param compute of steps, on a mean processor that trains
     * @param exchange of contributions and θ on their way
     * @param waiting of processors that trained for those that still did, and for tasks to start
     */
    record Times(double seconds, double compute, double exchange, double waiting) {}

    Times times(List<Measures> measures) {
        int atATime = concurrency(measures);
        double seconds = (exchanged - start) / 1e9;
        double compute = sum(measures, Measures.Work::computeSeconds) / atATime;
        double carrying = sum(measures, work -> work.fetchSeconds() + work.writeSeconds()) / atATime;
        double exchange = Math.min(seconds - compute, carrying + (exchanged - computed) / 1e9);
        return new Times(seconds, compute, exchange, Math.max(0, seconds - compute - exchange));
    }

    private static double sum(List<Measures> measures, java.util.function.ToDoubleFunction<Measures.Work> part) {
        return measures.stream().map(Measures::work).mapToDouble(part).sum();
    }

    /** How many tasks worked at a time: of each executor the most that its own clock saw together. */
    static int concurrency(List<Measures> measures) {
        return measures.stream()
                .map(Measures::work)
                .collect(Collectors.groupingBy(Measures.Work::executor))
                .values()
                .stream()
                .mapToInt(RoundTimer::together)
                .sum();
    }

    private static int together(Collection<Measures.Work> works) {
        List<long[]> changes = new ArrayList<>(); // (time, +1 or -1)
        for (Measures.Work work : works) {
            changes.add(new long[] {work.startMillis(), 1});
            changes.add(new long[] {work.endMillis(), -1});
        }
        changes.sort(Comparator.<long[]>comparingLong(change -> change[0]).thenComparingLong(change -> change[1]));
        long now = 0;
        long most = 1;
        for (long[] change : changes) {
            now += change[1];
            most = Math.max(most, now);
        }
        return (int) most;
    }
}
