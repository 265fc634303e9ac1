package kindling.jobs.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kindling.prep.dedup.Passages;
import kindling.prep.dedup.Passages.Repeat;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * Finds passages of k tokens or more that occurred before, in the order of document ids and of places in a document: every
 * window of k tokens that equals an earlier one anywhere.
 *
 * <p>Documents are cut into stretches of windows that meet by their seeds ({@link Passages}). Where all stretches with a seed say
 * the same, the first is the first occurrence of all their windows; where they differ, and only there, the windows are compared
 * one by one. So the shuffle holds a row for each stretch, and one for each window at the borders of what is repeated, but never
 * a suffix array or a text.
 */
final class RepeatedPassages {
    private static final StructType STRETCH = new StructType()
            .add("seed", DataTypes.LongType, false)
            .add("digest", DataTypes.BinaryType, false)
            .add("id", DataTypes.StringType, false)
            .add("first", DataTypes.IntegerType, false)
            .add("count", DataTypes.IntegerType, false)
            .add("joined", DataTypes.BooleanType, false);

    private static final StructType WINDOW = new StructType()
            .add("digest", DataTypes.BinaryType, false)
            .add("id", DataTypes.StringType, false)
            .add("first", DataTypes.IntegerType, false);

    private final Dataset<Row> texts;
    private final int k;

    /** @param texts id, text, spans that are gone already */
    RepeatedPassages(Dataset<Row> texts, int k) {
        this.texts = texts;
        this.k = k;
    }

    /** @return rows of {@link SpanTable} */
    Dataset<Row> spans() {
        return spans(stretches(texts));
    }

    private Dataset<Row> spans(Dataset<Row> stretches) {
        Dataset<Row> met = met(stretches).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> repeats = alike(met).union(apart(met));
        Dataset<Row> byDocument = repeats.groupBy("id")
                .agg(collect_list(struct("first", "count", "kept_in", "kept_at"))
                        .as("repeats"));
        int tokens = k;
        FlatMapFunction<Row, Row> spans = row -> spans(row, tokens);
        return texts.join(byDocument, "id").flatMap(spans, Encoders.row(SpanTable.SCHEMA));
    }

    /**
     * As {@link #spans} where nothing repeats but for what cutting has joined: only what shares a seed with a stretch over a cut
     * goes through the shuffle.
     */
    Dataset<Row> spansOverCuts() {
        Dataset<Row> seeds = stretches(texts.filter(size(col("spans")).gt(0)))
                .filter(col("joined"))
                .select("seed")
                .persist(StorageLevel.MEMORY_AND_DISK());
        Broadcast<BloomFilter> filter = KeyFilter.of(seeds, "seed");
        FilterFunction<Row> shared = stretch -> filter.value().mightContainLong(stretch.getLong(0));
        return spans(stretches(texts).filter(shared));
    }

    private Dataset<Row> stretches(Dataset<Row> some) {
        int tokens = k;
        FlatMapFunction<Row, Row> stretches = row -> stretches(row, tokens);
        return some.flatMap(stretches, Encoders.row(STRETCH));
    }

    /** Stretches whose seed another one has too. */
    private static Dataset<Row> met(Dataset<Row> stretches) {
        WindowSpec seed = Window.partitionBy("seed");
        return stretches
                .withColumn("here", struct("id", "first"))
                .withColumn("met", count(lit(1)).over(seed))
                .withColumn("origin", min("here").over(seed))
                .withColumn(
                        "alike", min("digest").over(seed).equalTo(max("digest").over(seed)))
                .filter(col("met").gt(1))
                .select("id", "first", "count", "here", "origin", "alike");
    }

    private static Iterator<Row> stretches(Row row, int k) {
        String id = row.getString(0);
        return passages(row, k).stretches().stream()
                .map(stretch -> RowFactory.create(
                        stretch.seed(), stretch.digest(), id, stretch.first(), stretch.count(), stretch.joined()))
                .iterator();
    }

    private static Passages passages(Row row, int k) {
        return new Passages(row.getString(1), SpanTable.spans(row, 2), k);
    }

    /** Repeats in stretches that equal all others with their seed. */
    private static Dataset<Row> alike(Dataset<Row> met) {
        return repeats(met.filter(col("alike")));
    }

    /** Repeats among the windows of the other stretches. */
    private Dataset<Row> apart(Dataset<Row> met) {
        Dataset<Row> places = met.filter(col("alike").equalTo(false))
                .groupBy("id")
                .agg(collect_list(struct("first", "count")).as("places"));
        int tokens = k;
        FlatMapFunction<Row, Row> windows = row -> windows(row, tokens);
        return repeats(texts.join(places, "id")
                .flatMap(windows, Encoders.row(WINDOW))
                .withColumn("count", lit(1))
                .withColumn("here", struct("id", "first"))
                .withColumn("origin", min("here").over(Window.partitionBy("digest"))));
    }

    private static Iterator<Row> windows(Row row, int k) {
        String id = row.getString(0);
        Passages passages = passages(row, k);
        return row.<Row>getList(3).stream()
                .flatMap(place -> java.util.stream.IntStream.range(place.getInt(0), place.getInt(0) + place.getInt(1))
                        .mapToObj(first -> RowFactory.create(passages.digest(first), id, first)))
                .iterator();
    }

    private static Dataset<Row> repeats(Dataset<Row> places) {
        return places.filter(col("here").notEqual(col("origin")))
                .select(
                        col("id"),
                        col("first"),
                        col("count"),
                        col("origin.id").as("kept_in"),
                        col("origin.first").as("kept_at"));
    }

    private static Iterator<Row> spans(Row row, int k) {
        List<Repeat> repeats = new ArrayList<>();
        for (Row repeat : row.<Row>getList(3)) {
            repeats.add(new Repeat(repeat.getInt(0), repeat.getInt(1), repeat.getString(2), repeat.getInt(3)));
        }
        String id = row.getString(0);
        return passages(row, k).spans(id, repeats).stream()
                .map(span -> SpanTable.row(id, span))
                .iterator();
    }
}
