package kindling.jobs.train;

import java.util.List;
import java.util.stream.IntStream;
import kindling.jobs.io.TokenShards;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Entropy of the single tokens of a corpus, in nats: the loss of a model that knows how frequent each token is and nothing else.
 * Training must fall well below it.
 */
public final class UnigramEntropy {
    private static final int CHUNK = 1 << 20; // ids read at once

    private UnigramEntropy() {}

    /** Counts on the executors, one task a shard. */
    public static double of(JavaSparkContext context, TokenShards shards, int vocabularySize) {
        List<Integer> numbers =
                IntStream.range(0, shards.counts().size()).boxed().toList();
        long[] counts = context.parallelize(numbers, numbers.size())
                .map(shard -> counts(shards, shard, vocabularySize))
                .reduce(UnigramEntropy::sum);
        return entropy(counts);
    }

    private static long[] counts(TokenShards shards, int shard, int vocabularySize) {
        long[] counts = new long[vocabularySize];
        long all = shards.counts().get(shard);
        try (TokenShards.Reader reader = shards.reader()) {
            for (long from = 0; from < all; from += CHUNK) {
                for (int id : reader.ids(shard, from, (int) Math.min(CHUNK, all - from))) {
                    counts[id]++;
                }
            }
        }
        return counts;
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    /** −Σ p ln p with p = count / total; 0 for no counts. */
    static double entropy(long[] counts) {
        double total = 0;
        double weighted = 0;
        for (long count : counts) {
            total += count;
            weighted += count == 0 ? 0 : count * Math.log((double) count);
        }
        return total == 0 ? 0 : Math.log(total) - weighted / total;
    }
}
