package kindling.jobs.words;

import java.util.Iterator;
import java.util.NoSuchElementException;
import kindling.prep.bpe.WordCounts;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Words with their sums as blocks of many, without those that are too rare; beside each block what all of its words make up. Runs on executors. */
final class Packer implements Iterator<Row> {
    static final StructType SCHEMA = new StructType()
            .add("block", DataTypes.BinaryType, false)
            .add("distinct", DataTypes.LongType, false)
            .add("occurrences", DataTypes.LongType, false)
            .add("bytes", DataTypes.LongType, false);

    private final Iterator<Row> sums;
    private final long leastCount;

    Packer(Iterator<Row> sums, long leastCount) {
        this.sums = sums;
        this.leastCount = leastCount;
    }

    @Override
    public boolean hasNext() {
        return sums.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        WordCounts kept = new WordCounts();
        long distinct = 0;
        long occurrences = 0;
        long bytes = 0;
        while (sums.hasNext() && !kept.isFull()) {
            Row sum = sums.next();
            byte[] word = sum.getAs(0);
            long count = sum.getLong(1);
            distinct++;
            occurrences = Math.addExact(occurrences, count);
            bytes = Math.addExact(bytes, Math.multiplyExact(count, (long) word.length));
            if (count >= leastCount) {
                kept.add(word, count);
            }
        }
        return RowFactory.create(kept.toBytes(), distinct, occurrences, bytes);
    }
}
