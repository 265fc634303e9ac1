package kindling.jobs.dedup;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kindling.prep.dedup.Banding;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Finds documents that say the same: equal texts by fingerprint, similar ones by MinHash bands (Broder 1997; Leskovec, Rajaraman
 * and Ullman, Mining of Massive Datasets, §3.4) whose candidates are verified by their true Jaccard similarity. Runs on the
 * driver; the maths is in {@link kindling.prep.dedup}.
 */
public final class Duplicates {
    private static final StructType CLUSTERS = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("cluster", DataTypes.StringType, false)
            .add("kept", DataTypes.BooleanType, false)
            .add("similarity", DataTypes.DoubleType, false)
            .add("exact", DataTypes.BooleanType, false);

    private final Dataset<Row> documents;
    private final Options options;
    private final int parts;
    private final JavaRDD<Sketch> sketches;
    private final Comparison comparison;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final JavaRDD<Comparison.Pair> duplicates;

    /**
     * @param exact find equal texts
     * @param similar find texts whose Jaccard similarity is at least {@code threshold}
     * @param ngram words in a shingle
     */
    public record Options(
            boolean exact, boolean similar, double threshold, int ngram, Banding banding, Keep keep, long seed)
            implements java.io.Serializable {}

    /** @param documents id and text, in an order within each partition that is the same whenever they are read */
    public Duplicates(Dataset<Row> documents, Options options) {
        this.documents = documents;
        this.options = options;
        int ngram = options.similar ? options.ngram : 0;
        Function2<Integer, Iterator<Row>, Iterator<Sketch>> sketch = (part, rows) -> Sketch.of(part, rows, ngram);
        sketches = documents
                .select("id", "text")
                .toJavaRDD()
                .mapPartitionsWithIndex(sketch, true)
                .persist(StorageLevel.MEMORY_AND_DISK());
        parts = sketches.getNumPartitions();
        comparison = new Comparison(sketches, parts);
        duplicates = duplicates().persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** The members of clusters that are not kept, each with the one that is. */
    private JavaRDD<Comparison.Pair> duplicates() {
        Edges edges = new Edges(sketches, comparison, options);
        Clusters clusters = new Clusters(sketches, edges.labels(), parts, options.keep);
        figures.putAll(edges.figures());
        figures.put("clusters", clusters.sizes().figures());
        return comparison.of(clusters.questions());
    }

    /**
     * Every document with the cluster it belongs to, in the order and the partitions of the documents.
     *
     * @return id; cluster (the id of the one that is kept); kept; similarity to the kept one, 1 for itself; exact: whether the
     *     texts are equal
     */
    public Dataset<Row> clusters() {
        FlatMapFunction2<Iterator<Sketch>, Iterator<Comparison.Pair>, Row> row = (some, pairs) -> {
            Map<Long, Comparison.Pair> byMember = byMember(pairs);
            return new Lazily<>(
                    some,
                    sketch -> List.of(row(sketch.id(), byMember.get(sketch.node())))
                            .iterator());
        };
        return documents.sparkSession().createDataFrame(sketches.zipPartitions(duplicates, row), CLUSTERS);
    }

    private static Row row(String id, Comparison.Pair pair) {
        return pair == null
                ? RowFactory.create(id, id, true, 1.0, true)
                : RowFactory.create(id, pair.headId(), false, pair.similarity(), pair.equal());
    }

    private static Map<Long, Comparison.Pair> byMember(Iterator<Comparison.Pair> pairs) {
        Map<Long, Comparison.Pair> byMember = new HashMap<>();
        pairs.forEachRemaining(pair -> byMember.put(pair.member(), pair));
        return byMember;
    }

    /** For the report: pairs, clusters, and recall and precision on a sample, which is drawn and compared now. */
    public Map<String, Object> figures() {
        FlatMapFunction2<Iterator<Sketch>, Iterator<Comparison.Pair>, SampleCheck.Placed> place = (some, pairs) -> {
            Map<Long, Comparison.Pair> byMember = byMember(pairs);
            return new Lazily<>(
                    some,
                    sketch ->
                            List.of(placed(sketch, byMember.get(sketch.node()))).iterator());
        };
        figures.put("sample_check", SampleCheck.of(sketches.zipPartitions(duplicates, place), options));
        return figures;
    }

    private static SampleCheck.Placed placed(Sketch sketch, Comparison.Pair pair) {
        return new SampleCheck.Placed(sketch, pair == null ? sketch.node() : pair.head());
    }

    /** Gives back what is held in memory. */
    public void unpersist() {
        sketches.unpersist();
        duplicates.unpersist();
    }
}
