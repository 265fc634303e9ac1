package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.BiConsumer;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/**
 * Letters from any part of a table to any part of another, the only way in which the steps of deduplication talk to each other.
 * Letters arrive in no particular order, so whoever reads them must not depend on it.
 */
final class Mail {
    private Mail() {}

    /** What is sent for each row of a part: packed whole numbers. */
    interface Writer<T> extends BiConsumer<T, Outbox<T>>, Serializable {}

    /** Sends the packed numbers that a writer makes of the rows, one after the other. */
    static <T> JavaRDD<long[]> send(JavaRDD<T> rows, int parts, Writer<T> writer) {
        FlatMapFunction<Iterator<T>, Tuple2<Integer, long[]>> pack = part -> new Outbox<>(part, writer);
        return deliver(rows.mapPartitions(pack), parts);
    }

    /** @param letters the number of the part that gets it, and the letter */
    static <T> JavaRDD<T> deliver(JavaRDD<Tuple2<Integer, T>> letters, int parts) {
        return JavaPairRDD.fromJavaRDD(letters)
                .partitionBy(new Addresses(parts))
                .values();
    }

    /** The part that a key of well mixed bits belongs to. */
    static int addressOf(long key, int parts) {
        return (int) Long.remainderUnsigned(key, parts);
    }

    private static final class Addresses extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int parts;

        Addresses(int parts) {
            this.parts = parts;
        }

        @Override
        public int numPartitions() {
            return parts;
        }

        @Override
        public int getPartition(Object address) {
            return (Integer) address;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Addresses addresses && addresses.parts == parts;
        }

        @Override
        public int hashCode() {
            return parts;
        }
    }
}
