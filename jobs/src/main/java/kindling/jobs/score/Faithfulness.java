package kindling.jobs.score;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Tables;
import kindling.prep.sentence.Span;
import kindling.prep.summary.Claim;
import kindling.prep.summary.Support;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How much of each summary its document supports, sentence by sentence, and where. Places are half-open and in code points: {@code
 * start} and {@code end} of the summary, {@code source_start} and {@code source_end} of the document.
 */
public final class Faithfulness {
    private static final DataType PLACES =
            DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.IntegerType, false), false);

    private static final StructType MATCH = new StructType()
            .add("start", DataTypes.IntegerType, false)
            .add("end", DataTypes.IntegerType, false)
            .add("source_start", DataTypes.IntegerType, false)
            .add("source_end", DataTypes.IntegerType, false);

    private static final StructType SENTENCE = new StructType()
            .add("start", DataTypes.IntegerType, false)
            .add("end", DataTypes.IntegerType, false)
            .add("support", DataTypes.DoubleType, false)
            .add("numbers", DataTypes.DoubleType, false)
            .add("names", DataTypes.DoubleType, false)
            .add("contradicted", DataTypes.BooleanType, false)
            .add("missing", PLACES, false)
            .add("matches", DataTypes.createArrayType(MATCH, false), false);

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("support", DataTypes.DoubleType)
            .add("sentences", DataTypes.createArrayType(SENTENCE, false), false);

    private Faithfulness() {}

    public static void write(SparkSession spark, InputPath predictions, Sheet sheet) {
        Dataset<Row> table = Tables.read(spark, predictions);
        Dataset<Row> pairs = table.select(
                col("id").cast("string").as("id"),
                col(Tables.column(table, predictions, "document", "text")).as("source"),
                col(Tables.column(table, predictions, "output", "summary")).as("output"));
        MapFunction<Row, Row> score = row -> scored(row.getString(0), claims(row.getString(1), row.getString(2)));
        Dataset<Row> rows = sheet.written(sheet.placed(pairs).map(score, Encoders.row(SCHEMA)));
        // In the order of ids: the same bits, however the rows were laid out.
        double mean = rows.orderBy("id", "support").select("support").collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .average()
                .orElse(0);
        sheet.report().put("support", mean);
        rows.unpersist();
    }

    private static List<Claim> claims(String source, String output) {
        return source == null || output == null ? List.of() : Support.claims(source, output);
    }

    private static Row scored(String id, List<Claim> claims) {
        return RowFactory.create(
                id,
                Support.mean(claims),
                claims.stream().map(Faithfulness::sentence).toArray(Row[]::new));
    }

    private static Row sentence(Claim claim) {
        return RowFactory.create(
                claim.place().start(),
                claim.place().end(),
                claim.support(),
                claim.numbers(),
                claim.names(),
                claim.contradicted(),
                claim.missing().stream().map(Faithfulness::place).toArray(Integer[][]::new),
                claim.matches().stream().map(Faithfulness::match).toArray(Row[]::new));
    }

    private static Row match(Claim.Match match) {
        return RowFactory.create(
                match.summary().start(),
                match.summary().end(),
                match.source().start(),
                match.source().end());
    }

    private static Integer[] place(Span span) {
        return new Integer[] {span.start(), span.end()};
    }
}
