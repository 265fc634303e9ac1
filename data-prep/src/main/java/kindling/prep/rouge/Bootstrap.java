package kindling.prep.rouge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How sure means are: of many samples of the rows, drawn with replacement and as many as there are, the means spread about as
 * the mean would over other rows like these. A sample is a function of the seed and its number, so samples may be drawn
 * anywhere.
 *
 * <p>Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1), 1979; percentiles of
 * 1,000 samples as {@code BootstrapAggregator} of the {@code rouge_score} package takes them.
 */
public final class Bootstrap implements Serializable {
    private static final long serialVersionUID = 1;

    private final double[] values;
    private final int columns;
    private final long seed;

    /**
     * @param values row after row
     * @param columns values of a row
     */
    public Bootstrap(double[] values, int columns, long seed) {
        if (values.length == 0 || values.length % columns != 0) {
            throw new IllegalArgumentException(
                    "values must fill one row of %d or more, got %d".formatted(columns, values.length));
        }
        this.values = values.clone();
        this.columns = columns;
        this.seed = seed;
    }

    /** The mean of each column over the rows themselves. */
    public double[] means() {
        double[] sums = new double[columns];
        for (int row = 0; row < values.length; row += columns) {
            add(row, sums);
        }
        return divided(sums);
    }

    /** The mean of each column over a sample. */
    public double[] means(int sample) {
        SplittableRandom random =
                new SplittableRandom(new SplittableRandom(seed + sample).nextLong()); // no shared stream
        int rows = values.length / columns;
        double[] sums = new double[columns];
        for (int i = 0; i < rows; i++) {
            add(random.nextInt(rows) * columns, sums);
        }
        return divided(sums);
    }

    private void add(int row, double[] sums) {
        for (int column = 0; column < columns; column++) {
            sums[column] += values[row + column];
        }
    }

    private double[] divided(double[] sums) {
        int rows = values.length / columns;
        return Arrays.stream(sums).map(sum -> sum / rows).toArray();
    }

    /** Two bounds, and the median between them. */
    public record Interval(double low, double mid, double high) {
        /**
         * The middle share of means of samples.
         *
         * @param confidence share between the bounds, in (0, 1); 0.95 is usual
         */
        public static Interval of(double[] means, double confidence) {
            double[] sorted = means.clone();
            Arrays.sort(sorted);
            double outside = (1 - confidence) / 2;
            return new Interval(percentile(sorted, outside), percentile(sorted, 0.5), percentile(sorted, 1 - outside));
        }

        /** Between two values by how near each is, as NumPy does it. */
        private static double percentile(double[] sorted, double share) {
            double at = share * (sorted.length - 1);
            int below = (int) at;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
        }
    }
}
