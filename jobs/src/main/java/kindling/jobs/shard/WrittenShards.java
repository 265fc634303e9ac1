package kindling.jobs.shard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Shards that were just written, one for each partition of what they were made from, and what their tasks tell of them. Runs on the driver;
 * {@link ShardWriter} is what executors run.
 */
public final class WrittenShards implements AutoCloseable {
    private final SparkSession spark;
    private final TokenShards shards;
    private final JavaRDD<WrittenShard> written;

    private WrittenShards(SparkSession spark, TokenShards shards, JavaRDD<WrittenShard> written) {
        this.spark = spark;
        this.shards = shards;
        this.written = written;
    }

    /** Makes encoded documents of the rows of a partition, on its executor. */
    @FunctionalInterface
    public interface Encoder extends Serializable {
        Iterator<Encoded> of(Iterator<Row> rows);
    }

    /**
     * Writes a shard for each partition, its documents in the order of the rows.
     *
     * @param vocabularySize ids are below it; or {@link TokenShards#ANY_NUMBER}
     */
    public static WrittenShards write(
            Dataset<Row> rows, Encoder encoder, Path folder, int bytesPerId, int vocabularySize) {
        int counted = vocabularySize == TokenShards.ANY_NUMBER ? 0 : vocabularySize;
        ShardWriter writer = new ShardWriter(folder.toString(), bytesPerId, counted);
        JavaRDD<WrittenShard> written = rows.toJavaRDD()
                .mapPartitionsWithIndex(
                        (number, partition) -> List.of(writer.write(number, encoder.of(partition)))
                                .iterator(),
                        true)
                .persist(StorageLevel.MEMORY_AND_DISK());
        List<Shard> shards = written.map(WrittenShard::shard).collect();
        Storage.deleteUnfinished(folder);
        return new WrittenShards(
                rows.sparkSession(), new TokenShards(folder.toString(), bytesPerId, vocabularySize, shards), written);
    }

    public TokenShards shards() {
        return shards;
    }

    /** All documents, dropped ones included, without their texts. */
    public Outcomes outcomes() {
        JavaRDD<Row> rows = written.flatMap(shard -> shard.outcomes().iterator());
        return new Outcomes(spark.createDataset(rows.rdd(), Encoders.row(Outcomes.SCHEMA)));
    }

    /** How often each id occurs. */
    public long[] unigrams() {
        return written.map(WrittenShard::unigrams).treeReduce(WrittenShard::sum);
    }

    /** Writes {@code index.parquet}, and what tells it from others into the facts of the manifest. */
    public void writeIndex(ObjectNode facts) {
        JavaRDD<Row> rows = written.flatMap(WrittenShard::index);
        Dataset<Row> index = spark.createDataset(rows.rdd(), Encoders.row(TokenShards.INDEX));
        Tables.write(index, new Path(shards.folder(), TokenShards.INDEX_FILE), "parquet");
        facts.put(IndexDigest.FIELD, IndexDigest.of(rows));
    }

    @Override
    public void close() {
        written.unpersist(false);
        Storage.deleteUnfinished(new Path(shards.folder()));
    }
}
