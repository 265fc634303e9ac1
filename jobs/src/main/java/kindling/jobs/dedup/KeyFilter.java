package kindling.jobs.dedup;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.sketch.BloomFilter;

/** Which keys a join may find, on every executor: what does not pass need not go through its shuffle. */
final class KeyFilter {
    private static final double FALSE_POSITIVES = 0.01; // they cost a row of the shuffle and change nothing
    private static final long LARGEST = 50_000_000; // keys it is made for: 60 MB; more of them only pass more

    private KeyFilter() {}

    /** @param keys a table at hand, with a column of whole numbers */
    static Broadcast<BloomFilter> of(Dataset<Row> keys, String column) {
        long count = keys.count();
        BloomFilter filter = count == 0 // of no rows Spark makes no filter
                ? BloomFilter.create(1)
                : keys.stat().bloomFilter(column, Math.min(LARGEST, count), FALSE_POSITIVES);
        return JavaSparkContext.fromSparkContext(keys.sparkSession().sparkContext())
                .broadcast(filter);
    }
}
