package kindling.jobs.dedup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import java.util.Map;
import kindling.jobs.io.Tables;
import kindling.prep.dedup.Fingerprint;
import kindling.prep.dedup.MinHash;
import kindling.prep.dedup.Shingles;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Compares new documents with old ones whose texts are not at hand: fingerprints, band keys and shingles of the old are kept in
 * files, so that candidates are verified by their true Jaccard similarity. Runs on the driver.
 *
 * <p>An index holds a row for each text that differs from all others, of the documents that were dropped too: what resembles one
 * of those is in its cluster. So of new documents whose ids sort after the old, those are kept that deduplicating old and new
 * together would keep; and of the old, those that were kept stay kept, even where a new document joins two of their clusters.
 */
public final class SignatureIndex {
    /**
     * Old documents that are compared for a band key, those with the smallest ids: more share one only when they are variants of
     * one text, and a family of 100,000 must not be compared as a whole with each of 100,000 new ones.
     */
    private static final int MOST_IN_BUCKET = 16;

    private static final StructType SKETCH = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("fingerprint", DataTypes.StringType, false)
            .add("bands", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("shingles", DataTypes.createArrayType(DataTypes.LongType, false), false);

    private static final StructType MATCH = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("old", DataTypes.StringType, false)
            .add("measured", DataTypes.DoubleType, false);

    private final Dataset<Row> sketches;
    private final IndexParameters parameters;

    /** @param documents new ones, id and text */
    public SignatureIndex(Dataset<Row> documents, IndexParameters parameters) {
        this.parameters = parameters;
        MapFunction<Row, Row> sketch = row -> sketch(row.getString(0), row.getString(1), parameters);
        sketches = documents
                .select("id", "text")
                .map(sketch, Encoders.row(SKETCH))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static Row sketch(String id, String text, IndexParameters parameters) {
        long[] shingles = parameters.similar() ? Shingles.of(text, parameters.ngram()) : new long[0];
        MinHash minHash = new MinHash(parameters.banding(), parameters.seed());
        long[] bands = shingles.length == 0 ? new long[0] : minHash.bandKeys(minHash.signature(shingles));
        return RowFactory.create(id, Fingerprint.of(text), bands, shingles);
    }

    /** Writes the index of the new documents. Returns its numbers: documents (of different texts) and bytes. */
    public Map<String, Long> write(Path folder, int partitions) {
        WindowSpec sameText = Window.partitionBy("fingerprint").orderBy("id");
        Dataset<Row> different = sketches.withColumn("number", row_number().over(sameText))
                .filter(col("number").equalTo(1))
                .drop("number")
                .repartition(partitions, col("id"))
                .sortWithinPartitions("id");
        Tables.write(different, folder, "parquet");
        long documents = Tables.count(sketches.sparkSession(), folder, "parquet");
        parameters.write(folder, documents);
        return Map.of("documents", documents, "bytes", IndexParameters.bytes(folder));
    }

    /**
     * The clusters of the new documents, with those that hold a duplicate of an old document joined to it.
     *
     * @param clusters of the new documents: id, cluster, kept, similarity, exact
     * @param indexes folders
     * @param threshold least similarity of near duplicates
     * @return the same columns; of a cluster that says what an old document says none is kept, and its name is the id of
     *     the old document that a member resembles most, or, for members that resemble none, of the one by which it was found
     */
    public Dataset<Row> compared(Dataset<Row> clusters, List<Path> indexes, double threshold) {
        Dataset<Row> old = sketches.sparkSession()
                .read()
                .schema(SKETCH)
                .parquet(indexes.stream().map(Path::toString).toArray(String[]::new))
                .withColumnRenamed("id", "old");
        Dataset<Row> direct = matches(old, threshold).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> found = best(clusters.select("id", "cluster").join(direct, "id"), "cluster");
        Dataset<Row> others = clusters.select("id", "cluster")
                .join(found.select("cluster", "old"), "cluster")
                .join(direct.select("id"), new String[] {"id"}, "left_anti");
        Dataset<Row> all =
                direct.union(measured(others.select("id", "old"), old).withColumn("same", lit(false)));
        return clusters.join(all, new String[] {"id"}, "left_outer")
                .select(
                        col("id"),
                        coalesce(col("old"), col("cluster")).as("cluster"),
                        col("kept").and(col("old").isNull()).as("kept"),
                        coalesce(col("measured"), col("similarity")).as("similarity"),
                        coalesce(col("same"), col("exact")).as("exact"));
    }

    /** @return id, old, measured, same: the old document that a new one duplicates */
    private Dataset<Row> matches(Dataset<Row> old, double threshold) {
        Dataset<Row> equal = sketches.select("id", "fingerprint")
                .join(old.groupBy("fingerprint").agg(min("old").as("old")), "fingerprint")
                .filter(lit(parameters.exact()))
                .select(
                        col("id"),
                        col("old"),
                        lit(1.0).as("measured"),
                        lit(true).as("same"));
        return parameters.similar() ? equal.union(similar(old, equal, threshold)) : equal;
    }

    private Dataset<Row> similar(Dataset<Row> old, Dataset<Row> equal, double threshold) {
        Dataset<Row> texts = sketches.join(equal.select("id"), new String[] {"id"}, "left_anti");
        Dataset<Row> first = texts.groupBy("fingerprint").agg(min("id").as("id")); // equal texts are compared once
        Dataset<Row> keys =
                first.join(texts.select(col("id"), explode(col("bands")).as("key")), "id");
        WindowSpec bucket = Window.partitionBy("key").orderBy("old");
        Dataset<Row> oldKeys = old.select(col("old"), explode(col("bands")).as("key"))
                .withColumn("number", row_number().over(bucket))
                .filter(col("number").leq(MOST_IN_BUCKET));
        Dataset<Row> pairs = keys.join(oldKeys, "key").select("id", "old").distinct();
        Dataset<Row> near = best(measured(pairs, old).filter(col("measured").geq(threshold)), "id");
        return near.join(first, "id")
                .drop("id")
                .join(texts.select("id", "fingerprint"), "fingerprint")
                .select(col("id"), col("old"), col("measured"), lit(false).as("same"));
    }

    /** The most similar old document for each value of a column, with the smallest id of equally similar ones. */
    private static Dataset<Row> best(Dataset<Row> matches, String by) {
        return matches.groupBy(by)
                .agg(min(struct(negate(col("measured")).as("distance"), col("old")))
                        .as("best"))
                .select(
                        col(by),
                        col("best.old").as("old"),
                        negate(col("best.distance")).as("measured"));
    }

    /** Pairs (id, old) with the Jaccard similarity of their shingles. */
    private Dataset<Row> measured(Dataset<Row> pairs, Dataset<Row> old) {
        MapFunction<Row, Row> jaccard = row ->
                RowFactory.create(row.getString(0), row.getString(1), Shingles.jaccard(longs(row, 2), longs(row, 3)));
        return pairs.join(sketches.select(col("id"), col("shingles").as("left")), "id")
                .join(old.select(col("old"), col("shingles").as("right")), "old")
                .select("id", "old", "left", "right")
                .map(jaccard, Encoders.row(MATCH));
    }

    private static long[] longs(Row row, int column) {
        return row.<Long>getList(column).stream().mapToLong(Long::longValue).toArray();
    }
}
