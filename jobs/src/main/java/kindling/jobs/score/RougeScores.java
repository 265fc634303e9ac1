package kindling.jobs.score;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Tables;
import kindling.prep.rouge.Bootstrap;
import kindling.prep.rouge.Rouge;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * ROUGE of predictions against their references, the best of several for each metric; precision, recall and f1 of each prediction,
 * their means, and intervals by bootstrap. The driver holds twelve numbers a row; the samples are drawn on the executors.
 */
public final class RougeScores {
    private static final List<String> METRICS = List.of("rouge1", "rouge2", "rougeL", "rougeLsum");
    private static final List<String> MEASURES = List.of("f1", "precision", "recall");
    private static final int EXAMPLES = 5;

    private final SparkSession spark;
    private final Rouge.Reading reading;
    private final Sampling sampling;

    /**
     * How intervals are found.
     *
     * @param samples 0 for no intervals
     * @param confidence share of the samples' means that lie between the bounds, in (0, 1)
     */
    public record Sampling(int samples, double confidence, long seed) {}

    public RougeScores(SparkSession spark, Rouge.Reading reading, Sampling sampling) {
        this.spark = spark;
        this.reading = reading;
        this.sampling = sampling;
    }

    public void write(InputPath predictions, InputPath references, Sheet sheet) {
        Dataset<Row> predicted = Tables.read(spark, predictions);
        Dataset<Row> wanted = Tables.read(spark, references);
        Rouge.Reading how = reading;
        MapFunction<Row, Row> score = row -> scored(row, how);
        Dataset<Row> pairs = pairs(predicted, predictions, wanted, references);
        Dataset<Row> rows = sheet.written(sheet.placed(pairs).map(score, Encoders.row(schema())));
        double[] values = values(rows);
        sheet.report().put("predictions", predicted.count()).put("references", wanted.count());
        if (values.length > 0) {
            Bootstrap bootstrap = new Bootstrap(values, columns().size(), sampling.seed);
            measures(bootstrap.means())
                    .properties()
                    .forEach(one -> sheet.report().put(one.getKey(), one.getValue()));
            sheet.report()
                    .phase("score")
                    .put("intervals", intervals(bootstrap, sheet.partitions()))
                    .phase("bootstrap");
        }
        sheet.report().put("examples", examples(rows));
        rows.unpersist();
    }

    private static Dataset<Row> pairs(
            Dataset<Row> predicted, InputPath predictions, Dataset<Row> wanted, InputPath references) {
        Column output = col(Tables.column(predicted, predictions, "output"));
        String summary = Tables.column(wanted, references, "summaries", "summary");
        Column summaries = summary.equals("summaries") ? col(summary) : array(col(summary));
        return predicted
                .select(col("id").cast("string").as("id"), output.as("output"))
                .join(
                        wanted.select(
                                col("id").cast("string").as("id"),
                                array_compact(summaries).as("summaries"),
                                source(wanted)),
                        "id")
                .filter(size(col("summaries")).gt(0));
    }

    /** Where a reference comes from, when its table says so; else its id. */
    private static Column source(Dataset<Row> references) {
        return col(List.of(references.columns()).contains("source") ? "source" : "id")
                .as("source");
    }

    /** {@code rouge1} is its f1; {@code rouge1_precision} and {@code rouge1_recall} stand beside it. */
    private static List<String> columns() {
        return MEASURES.stream()
                .flatMap(measure ->
                        METRICS.stream().map(metric -> measure.equals("f1") ? metric : metric + "_" + measure))
                .toList();
    }

    private static StructType schema() {
        StructType schema = new StructType()
                .add("id", DataTypes.StringType)
                .add("output", DataTypes.StringType)
                .add("reference", DataTypes.StringType)
                .add("source", DataTypes.StringType);
        for (String column : columns()) {
            schema = schema.add(column, DataTypes.DoubleType);
        }
        return schema;
    }

    private static Row scored(Row row, Rouge.Reading reading) {
        String prediction = row.isNullAt(1) ? "" : row.getString(1);
        List<String> references = row.getList(2);
        Rouge.Scores best = Rouge.best(references, prediction, reading);
        List<Rouge.Score> scores = List.of(best.rouge1(), best.rouge2(), best.rougeL(), best.rougeLsum());
        Stream<Object> texts = Stream.of(row.getString(0), prediction, references.get(0), row.getString(3));
        Stream<Object> numbers = Stream.of(
                        scores.stream().map(Rouge.Score::f1),
                        scores.stream().map(Rouge.Score::precision),
                        scores.stream().map(Rouge.Score::recall))
                .flatMap(column -> column);
        return RowFactory.create(Stream.concat(texts, numbers).toArray());
    }

    /** Row after row in the order of ids: the same bits, however they were laid out. */
    private static double[] values(Dataset<Row> rows) {
        Column[] wanted = columns().stream().map(name -> col(name)).toArray(Column[]::new);
        return rows.orderBy("id", "output", "reference").select(wanted).collectAsList().stream()
                .flatMapToDouble(row -> IntStream.range(0, wanted.length).mapToDouble(row::getDouble))
                .toArray();
    }

    private static ObjectNode measures(double[] values) {
        ObjectNode measures = Json.object();
        for (int i = 0; i < values.length; i++) {
            measures.withObjectProperty(MEASURES.get(i / METRICS.size()))
                    .put(METRICS.get(i % METRICS.size()), values[i]);
        }
        return measures;
    }

    private ObjectNode intervals(Bootstrap bootstrap, int partitions) {
        ObjectNode intervals = Json.object().put("samples", sampling.samples).put("confidence", sampling.confidence);
        if (sampling.samples == 0) {
            return intervals;
        }
        List<double[]> means = means(bootstrap, partitions);
        for (int i = 0; i < columns().size(); i++) {
            int column = i;
            double[] some = means.stream().mapToDouble(mean -> mean[column]).toArray();
            intervals
                    .withObjectProperty(MEASURES.get(i / METRICS.size()))
                    .set(METRICS.get(i % METRICS.size()), Json.tree(Bootstrap.Interval.of(some, sampling.confidence)));
        }
        return intervals;
    }

    private List<double[]> means(Bootstrap bootstrap, int partitions) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Bootstrap> rows = context.broadcast(bootstrap);
        List<Integer> numbers = IntStream.range(0, sampling.samples).boxed().toList();
        Function<Integer, double[]> draw = sample -> rows.value().means(sample);
        List<double[]> means = context.parallelize(numbers, Math.min(partitions, sampling.samples))
                .map(draw)
                .collect();
        rows.destroy();
        return means;
    }

    private static ArrayNode examples(Dataset<Row> rows) {
        ArrayNode examples = Json.object().putArray("examples");
        rows.orderBy("id")
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(row -> examples.addObject()
                        .put("id", row.getString(0))
                        .put("output", row.getString(1))
                        .put("reference", row.getString(2))
                        .put("source", row.getString(3)));
        return examples;
    }
}
