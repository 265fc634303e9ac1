package kindling.prep.dedup;

import java.io.Serializable;

/**
 * How a signature is cut: two documents of Jaccard similarity s share at least one band with probability 1 - (1 - s^rows)^bands
 * ("Mining of Massive Datasets", 3rd edition, §3.4.2).
 *
 * @param bands how many keys a document gets, 1 or more
 * @param rows places of the signature per band, 1 or more
 */
public record Banding(int bands, int rows) implements Serializable {
    private static final int MOST_PLACES = 4096; // a signature of 16 KB, 40 times the work of the default

    // What things cost, in minima of one shingle set: a band's key travels to its bucket, and each candidate has to be
    // fetched
    // and compared. How similar the documents of a corpus are is not known beforehand; the weight of the pairs below
    // the threshold
    // is such that 14 bands of 8 rows come out for the recall that they have at 0.8.
    private static final double COST_OF_BAND = 4;
    private static final double COST_OF_CANDIDATES = 4000;

    public Banding {
        if (bands < 1 || rows < 1) {
            throw new IllegalArgumentException("bands and rows must be >= 1, got " + bands + " and " + rows);
        }
    }

    /**
     * The cheapest banding by which pairs at the threshold become candidates with at least this probability, those above it with
     * more. For each number of rows the fewest bands that do; of these the one with the smallest bands · rows + 4 · bands + 4000 ·
     * ∫ P(s) ds from 0 to the threshold: signatures, shuffle, and comparisons in vain of pairs spread evenly.
     *
     * @param threshold in (0, 1]
     * @param recall in (0, 1)
     */
    public static Banding of(double threshold, double recall) {
        Banding best = new Banding(bands(threshold, 1, recall), 1);
        for (int rows = 2; rows <= MOST_PLACES; rows++) {
            double bands = bandsNeeded(threshold, rows, recall);
            if (bands * rows > MOST_PLACES) {
                break;
            }
            Banding next = new Banding((int) bands, rows);
            best = next.cost(threshold) < best.cost(threshold) ? next : best;
        }
        return best;
    }

    private static int bands(double threshold, int rows, double recall) {
        return (int) Math.min(MOST_PLACES, bandsNeeded(threshold, rows, recall));
    }

    private static double bandsNeeded(double threshold, int rows, double recall) {
        return Math.max(1, Math.ceil(Math.log1p(-recall) / Math.log1p(-Math.pow(threshold, rows))));
    }

    private double cost(double threshold) {
        int steps = 200;
        double area = 0;
        for (int i = 0; i < steps; i++) {
            area += candidateProbability((i + 0.5) * threshold / steps) * threshold / steps;
        }
        return (double) bands * rows + COST_OF_BAND * bands + COST_OF_CANDIDATES * area;
    }

    /** The probability that two documents of a Jaccard similarity share a band key: 1 - (1 - s^rows)^bands. */
    public double candidateProbability(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rows), bands);
    }
}
