package kindling.jobs.examples;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How many sequences of each corpus an epoch of a mixture has. */
final class Shares {
    private static final double ROUNDING = 1e-9; // 0.1 * 30 is a little less than 3

    private Shares() {}

    /**
     * Without weights, as many as the repetitions say. With weights, the longest epoch that no corpus runs out in: its length N is the largest
     * with N w_c <= r_c size_c for every c, and what rounding leaves goes to the largest remainders.
     *
     * @param sizes sequences of each corpus
     * @param weights w, all 0 for none
     * @param repetitions r, how often a sequence comes, or at most may come
     */
    static long[] counts(long[] sizes, double[] weights, double[] repetitions) {
        long[] most = new long[sizes.length];
        Arrays.setAll(most, c -> (long) Math.floor(repetitions[c] * sizes[c] + ROUNDING));
        double sum = Arrays.stream(weights).sum();
        if (sum == 0) {
            return most;
        }
        long all = Long.MAX_VALUE;
        for (int c = 0; c < sizes.length; c++) {
            all = weights[c] == 0 ? all : Math.min(all, (long) Math.floor(most[c] / (weights[c] / sum) + ROUNDING));
        }
        return rounded(all, weights, sum, most);
    }

    private static long[] rounded(long all, double[] weights, double sum, long[] most) {
        double[] wanted = new double[most.length];
        Arrays.setAll(wanted, c -> Math.min((double) most[c], all * (weights[c] / sum)));
        long[] counts = new long[most.length];
        Arrays.setAll(counts, c -> (long) wanted[c]);
        long left = Math.max(0, all - Arrays.stream(counts).sum()); // doubles may round up as well
        IntStream.range(0, counts.length)
                .filter(c -> counts[c] < most[c] && weights[c] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> counts[c] - wanted[c]))
                .limit(left)
                .forEach(c -> counts[c]++);
        return counts;
    }
}
