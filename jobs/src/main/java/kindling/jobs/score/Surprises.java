package kindling.jobs.score;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.Perplexity;
import kindling.jobs.infer.Perplexity.Surprise;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Tables;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How surprised a model is by each document, and by all: perplexity for a token, bits for a byte. */
public final class Surprises {
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("loss_sum", DataTypes.DoubleType)
            .add("tokens", DataTypes.LongType)
            .add("bytes", DataTypes.LongType)
            .add("perplexity", DataTypes.DoubleType)
            .add("bits_per_byte", DataTypes.DoubleType);

    private Surprises() {}

    /** @param stride as of {@link Perplexity#Perplexity(Model, int)} */
    public static void write(SparkSession spark, InputPath input, Model model, int stride, Sheet sheet) {
        Dataset<Row> table = Tables.read(spark, input);
        Dataset<Row> texts = table.select(
                col(Tables.column(table, input, "id")).cast("string").as("id"),
                col(Tables.column(table, input, "text", "document")).as("text"));
        Broadcast<Model> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model);
        MapPartitionsFunction<Row, Row> score = rows -> surprises(rows, shared.value(), stride);
        Dataset<Row> rows = sheet.written(sheet.placed(texts).mapPartitions(score, Encoders.row(SCHEMA)));
        // Summed in the order of ids: the same bits, however the rows were laid out.
        Surprise total = rows.orderBy("id", "loss_sum").collectAsList().stream()
                .map(row -> new Surprise(row.getDouble(1), row.getLong(2), row.getLong(3)))
                .reduce(Surprise.NONE, Surprise::plus);
        sheet.report()
                .put("tokens", total.tokens())
                .put("perplexity", total.perplexity())
                .put("bits_per_byte", total.bitsPerByte());
        rows.unpersist();
    }

    private static Iterator<Row> surprises(Iterator<Row> rows, Model model, int stride) {
        List<Row> scored = new ArrayList<>();
        try (Perplexity perplexity = new Perplexity(model, stride)) {
            rows.forEachRemaining(row -> {
                Surprise one = row.isNullAt(1) ? Surprise.NONE : perplexity.of(row.getString(1));
                scored.add(RowFactory.create(
                        row.getString(0),
                        one.lossSum(),
                        one.tokens(),
                        one.bytes(),
                        one.perplexity(),
                        one.bitsPerByte()));
            });
        }
        return scored.iterator();
    }
}
