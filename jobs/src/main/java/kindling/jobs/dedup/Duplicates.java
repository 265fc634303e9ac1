package kindling.jobs.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kindling.prep.dedup.Fingerprint;
import kindling.prep.dedup.MinHash;
import kindling.prep.dedup.Shingles;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Iterable;

/**
 * Finds documents that say the same: equal texts by fingerprint, similar ones by MinHash bands (Broder 1997; Leskovec, Rajaraman
 * and Ullman, Mining of Massive Datasets, §3.4) whose candidates are verified by their true Jaccard similarity. Runs on the
 * driver; the maths is in {@link kindling.prep.dedup}.
 */
public final class Duplicates {
    /** Candidate pairs of a bucket are all its pairs up to this many documents; in larger ones, each with the first document. */
    private static final int LARGEST_ALL_PAIRS = 64;

    private static final StructType SKETCH = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("fingerprint", DataTypes.StringType, false)
            .add("shingles", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("bands", DataTypes.createArrayType(DataTypes.LongType, false), false);

    private static final StructType PAIR =
            new StructType().add("a", DataTypes.StringType, false).add("b", DataTypes.StringType, false);

    private final Options options;
    private final Dataset<Row> sketches;

    /**
     * @param exact find equal texts
     * @param similar find texts whose Jaccard similarity is at least {@code threshold}
     * @param ngram words in a shingle
     */
    public record Options(boolean exact, boolean similar, double threshold, int ngram, int bands, int rows, long seed)
            implements java.io.Serializable {}

    /** @param documents id and text */
    public Duplicates(Dataset<Row> documents, Options options) {
        this.options = options;
        MapPartitionsFunction<Row, Row> sketch = partition -> sketches(partition, options);
        sketches = documents
                .select("id", "text")
                .mapPartitions(sketch, Encoders.row(SKETCH))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static Iterator<Row> sketches(Iterator<Row> partition, Options options) {
        MinHash minHash = new MinHash(options.bands, options.rows, options.seed);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return partition.hasNext();
            }

            @Override
            public Row next() {
                Row row = partition.next();
                String text = row.getString(1);
                long[] shingles = options.similar ? Shingles.of(text, options.ngram) : new long[0];
                long[] bands = shingles.length == 0 ? new long[0] : minHash.bandKeys(minHash.signature(shingles));
                return RowFactory.create(row.getString(0), Fingerprint.of(text), shingles, bands);
            }
        };
    }

    /**
     * Every document with the cluster it belongs to.
     *
     * @return id; cluster (the smallest id in it, which is the one kept); kept; similarity to the kept one, 1 for itself; exact:
     *     whether the texts are equal
     */
    public Dataset<Row> clusters() {
        Dataset<Row> edges = exactEdges();
        if (options.similar) {
            edges = edges.union(similarEdges());
        }
        Dataset<Row> labels = Components.of(edges);
        Dataset<Row> clusters = sketches.select("id")
                .join(labels, "id", "left_outer")
                .select(
                        col("id"),
                        org.apache
                                .spark
                                .sql
                                .functions
                                .coalesce(col("label"), col("id"))
                                .as("cluster"));
        return withSimilarity(clusters);
    }

    private Dataset<Row> exactEdges() {
        if (!options.exact) {
            return sketches.limit(0).select(col("id").as("a"), col("id").as("b"));
        }
        return firsts().join(sketches.select("id", "fingerprint"), "fingerprint")
                .filter(col("id").notEqual(col("first")))
                .select(col("first").as("a"), col("id").as("b"));
    }

    /** The smallest id of each text. */
    private Dataset<Row> firsts() {
        return sketches.groupBy("fingerprint").agg(min("id").as("first"));
    }

    private Dataset<Row> similarEdges() {
        Dataset<Row> distinct =
                options.exact ? firsts().select(col("first").as("id")).join(sketches, "id") : sketches;
        FlatMapFunction<Row, Row> pairs = bucket -> pairs(bucket.getList(0));
        Dataset<Row> candidates = distinct.select(
                        col("id"), explode(col("bands")).as("key"))
                .groupBy("key")
                .agg(sort_array(collect_set("id")).as("ids"))
                .filter(size(col("ids")).gt(1))
                .select("ids")
                .flatMap(pairs, Encoders.row(PAIR))
                .distinct();
        return verified(candidates)
                .filter(col("similarity").geq(options.threshold))
                .select("a", "b");
    }

    private static Iterator<Row> pairs(List<String> ids) {
        List<Row> pairs = new ArrayList<>();
        int firsts = ids.size() <= LARGEST_ALL_PAIRS ? ids.size() : 1;
        for (int i = 0; i < firsts; i++) {
            for (int j = i + 1; j < ids.size(); j++) {
                pairs.add(RowFactory.create(ids.get(i), ids.get(j)));
            }
        }
        return pairs.iterator();
    }

    /** Pairs (a, b) with the Jaccard similarity of their shingles. */
    private Dataset<Row> verified(Dataset<Row> pairs) {
        StructType schema = PAIR.add("similarity", DataTypes.DoubleType, false);
        MapFunction<Row, Row> jaccard = row ->
                RowFactory.create(row.getString(0), row.getString(1), Shingles.jaccard(longs(row, 2), longs(row, 3)));
        return pairs.join(sketches.select(col("id").as("a"), col("shingles").as("left")), "a")
                .join(sketches.select(col("id").as("b"), col("shingles").as("right")), "b")
                .select("a", "b", "left", "right")
                .map(jaccard, Encoders.row(schema));
    }

    private static long[] longs(Row row, int column) {
        Iterable<Object> values = row.getAs(column);
        long[] array = new long[values.size()];
        scala.collection.Iterator<Object> iterator = values.iterator();
        for (int i = 0; i < array.length; i++) {
            array[i] = (Long) iterator.next();
        }
        return array;
    }

    private Dataset<Row> withSimilarity(Dataset<Row> clusters) {
        Dataset<Row> texts = sketches.select("id", "fingerprint");
        Dataset<Row> members = clusters.filter(col("id").notEqual(col("cluster")));
        Dataset<Row> similarities = verified(
                        members.select(col("cluster").as("a"), col("id").as("b")))
                .select(col("b").as("id"), col("similarity"));
        Dataset<Row> described = members.join(similarities, "id")
                .join(texts, "id")
                .join(texts.toDF("cluster", "keptFingerprint"), "cluster")
                .withColumn("exact", col("fingerprint").equalTo(col("keptFingerprint")))
                .select(
                        col("id"),
                        col("cluster"),
                        lit(false).as("kept"),
                        when(col("exact"), lit(1.0))
                                .otherwise(col("similarity"))
                                .as("similarity"),
                        col("exact"));
        return clusters.filter(col("id").equalTo(col("cluster")))
                .select(
                        col("id"),
                        col("cluster"),
                        lit(true).as("kept"),
                        lit(1.0).as("similarity"),
                        lit(true).as("exact"))
                .union(described);
    }
}
