package kindling.jobs.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.io.Outcomes;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What a task tells of the shard that it wrote.
 *
 * @param outcomes of all documents of the partition, in their order, those that were dropped included
 * @param ends of the documents in the shard
 * @param unigrams how often each id occurs
 */
@SuppressWarnings("ArrayRecordComponent") // on its way from a task to the driver; never compared
record WrittenShard(int number, Shard shard, List<Row> outcomes, long[] ends, long[] unigrams) implements Serializable {
    /** The shard's rows of {@link TokenShards#INDEX}. */
    Iterator<Row> index() {
        List<Row> index = new ArrayList<>(ends.length);
        long start = 0;
        for (Row outcome : outcomes) {
            if (Outcomes.isKept(outcome)) {
                long end = ends[index.size()];
                index.add(RowFactory.create(outcome.getString(0), number, start, end));
                start = end;
            }
        }
        return index.iterator();
    }

    static long[] sum(long[] a, long[] b) {
        long[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
