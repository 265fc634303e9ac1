package kindling.jobs.dedup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Report;
import kindling.jobs.io.Tables;
import kindling.prep.dedup.ItemGrams;
import kindling.prep.dedup.Shingles;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * Finds documents that hold items of evaluation sets, by the runs of n words that both have (Brown et al., "Language Models are
 * Few-Shot Learners", 2020, appendix C). Runs of the items go to the executors as a Bloom filter; what passes it is joined by
 * shuffle, so no set is too large. Runs on the driver.
 */
public final class Contamination {
    /** Runs that more items have are the set's wording ("Choose the right answer …"), which says nothing on any of them. */
    private static final int MOST_ITEMS = 100;

    private static final int EXAMPLES = 5; // ids of documents for each item in the report

    private static final StructType ITEM_GRAM = new StructType()
            .add("gram", DataTypes.LongType, false)
            .add("words", DataTypes.IntegerType, false)
            .add("set", DataTypes.StringType, false)
            .add("item", DataTypes.StringType, false);

    private static final StructType GRAM =
            new StructType().add("id", DataTypes.StringType, false).add("gram", DataTypes.LongType, false);

    private final Dataset<Row> items;
    private final Dataset<Row> grams;
    private final Options options;

    /**
     * @param ngram words in a run
     * @param share of an item's runs that a document must hold to be dropped; 0: one is enough
     */
    public record Options(int ngram, double share) {}

    /** @param items set, item (its id) and text; an item once in a set */
    public Contamination(Dataset<Row> items, Options options) {
        this.items = items;
        this.options = options;
        int n = options.ngram;
        FlatMapFunction<Row, Row> grams = row -> grams(row, n);
        this.grams = items.select("set", "item", "text")
                .flatMap(grams, Encoders.row(ITEM_GRAM))
                .withColumn("items", count(lit(1)).over(Window.partitionBy("gram")))
                .filter(col("items").leq(MOST_ITEMS))
                .withColumn("of", count(lit(1)).over(Window.partitionBy("set", "item")))
                .drop("items")
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static Iterator<Row> grams(Row row, int n) {
        ItemGrams grams = ItemGrams.of(row.getString(2), n);
        return Arrays.stream(grams.hashes())
                .mapToObj(gram -> RowFactory.create(gram, grams.words(), row.getString(0), row.getString(1)))
                .iterator();
    }

    /**
     * Drops the documents that hold an item. Writes {@code _contamination}, a row for each item: set, item, ngrams (its runs that
     * are looked for), found (those that the corpus holds), share, documents (that hold one or more), examples (the smallest of
     * their ids).
     *
     * @param folder where {@code _contamination} is written
     * @param format of it
     */
    public Outcomes dropped(Outcomes outcomes, Path folder, String format, Report report) {
        Dataset<Row> pairs = pairs(outcomes.documents()).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> verdicts = verdicts(pairs).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> table = table(pairs).persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(table.orderBy("set", "item"), new Path(folder, "_contamination"), format);
        report.put(
                        "contamination",
                        Map.of(
                                "items", table.count(),
                                "items_found", table.filter(col("found").gt(0)).count(),
                                "documents_dropped", verdicts.count()))
                .phase("contamination");
        table.unpersist();
        return outcomes.dropping(verdicts);
    }

    /** What documents hold of each item: the columns of {@code _contamination}. At hand until they are unpersisted. */
    public Dataset<Row> found(Dataset<Row> documents) {
        Dataset<Row> pairs = pairs(documents).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> table = table(pairs).persist(StorageLevel.MEMORY_AND_DISK());
        table.count();
        pairs.unpersist();
        return table;
    }

    /** @return id, gram, set, item, of (runs of that item): a row for each run that a document shares with an item */
    private Dataset<Row> pairs(Dataset<Row> documents) {
        int[] lengths = grams.select("words").distinct().collectAsList().stream()
                .mapToInt(row -> row.getInt(0))
                .sorted()
                .toArray();
        Broadcast<BloomFilter> filter = KeyFilter.of(grams, "gram");
        FlatMapFunction<Row, Row> found = row -> found(row.getString(0), row.getString(1), lengths, filter.value());
        return documents.select("id", "text").flatMap(found, Encoders.row(GRAM)).join(grams.drop("words"), "gram");
    }

    private static Iterator<Row> found(String id, String text, int[] lengths, BloomFilter filter) {
        return Arrays.stream(lengths)
                .mapToObj(length -> Shingles.of(text, length))
                .flatMapToLong(Arrays::stream)
                .filter(filter::mightContainLong)
                .distinct() // a text shorter than two lengths is the same run for both
                .mapToObj(gram -> RowFactory.create(id, gram))
                .iterator();
    }

    private Dataset<Row> verdicts(Dataset<Row> pairs) {
        return pairs.groupBy("id", "set", "item")
                .agg(count(lit(1)).as("shared"), max("of").as("of"))
                .withColumn("share", col("shared").divide(col("of")))
                .filter(col("share").geq(options.share))
                .groupBy("id")
                .agg(min(struct(negate(col("share")), col("set"), col("item"), col("shared"), col("of")))
                        .as("most"))
                .select(
                        col("id"),
                        lit("contaminated").as("reason"),
                        concat(
                                lit("holds "),
                                col("most.shared"),
                                lit(" of "),
                                col("most.of"),
                                lit(" runs of words of item "),
                                col("most.item"),
                                lit(" in "),
                                col("most.set")));
    }

    private Dataset<Row> table(Dataset<Row> pairs) {
        String[] item = {"set", "item"};
        Dataset<Row> sizes = grams.groupBy("set", "item").agg(max("of").as("ngrams"));
        Dataset<Row> found = pairs.select("set", "item", "gram")
                .distinct()
                .groupBy("set", "item")
                .agg(count(lit(1)).as("found"));
        return items.select("set", "item")
                .join(sizes, item, "left_outer")
                .join(found, item, "left_outer")
                .join(holders(pairs), item, "left_outer")
                .select(
                        col("set"),
                        col("item"),
                        coalesce(col("ngrams"), lit(0L)).as("ngrams"),
                        coalesce(col("found"), lit(0L)).as("found"),
                        coalesce(col("found").divide(col("ngrams")), lit(0.0)).as("share"),
                        coalesce(col("documents"), lit(0L)).as("documents"),
                        col("examples"));
    }

    private static Dataset<Row> holders(Dataset<Row> pairs) {
        var item = Window.partitionBy("set", "item");
        return pairs.select("set", "item", "id")
                .distinct()
                .withColumn("number", row_number().over(item.orderBy("id")))
                .groupBy("set", "item")
                .agg(
                        count(lit(1)).as("documents"),
                        sort_array(collect_list(when(col("number").leq(EXAMPLES), col("id"))))
                                .as("examples"));
    }

    /** The columns of the items that {@link #Contamination} takes, of a documents table. */
    public static Dataset<Row> items(Dataset<Row> documents, String set) {
        return documents.select(lit(set).as("set"), col("id").as("item"), col("text"));
    }

    /** All items of several sets. */
    public static Dataset<Row> all(List<Dataset<Row>> sets) {
        return sets.stream().reduce(Dataset::union).orElseThrow();
    }
}
