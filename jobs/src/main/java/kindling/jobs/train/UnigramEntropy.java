package kindling.jobs.train;

/**
 * Entropy of the single tokens of a corpus, in nats: the loss of a model that knows how frequent each token is and nothing else.
 * Training must fall well below it.
 */
public final class UnigramEntropy {
    private UnigramEntropy() {}

    /** −Σ p ln p with p = count / total; 0 for no counts. */
    public static double of(long[] counts) {
        double total = 0;
        double weighted = 0;
        for (long count : counts) {
            total += count;
            weighted += count == 0 ? 0 : count * Math.log((double) count);
        }
        return total == 0 ? 0 : Math.log(total) - weighted / total;
    }
}
