package kindling.jobs.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import java.util.stream.Stream;
import kindling.prep.dedup.Paragraph;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds paragraphs that occurred before, in the order of document ids and of places in a document. One shuffle of a row for each
 * paragraph; all copies of one meet in one task, which spills what it cannot hold.
 */
final class RepeatedParagraphs {
    private static final StructType PARAGRAPH = new StructType()
            .add("key", DataTypes.StringType, false)
            .add("id", DataTypes.StringType, false)
            .add("start", DataTypes.IntegerType, false)
            .add("end", DataTypes.IntegerType, false);

    private RepeatedParagraphs() {}

    /**
     * @param texts id and text
     * @return rows of {@link SpanTable}
     */
    static Dataset<Row> spans(Dataset<Row> texts, int minWords) {
        FlatMapFunction<Row, Row> paragraphs = row ->
                rows(row.getString(0), Paragraph.of(row.getString(1), minWords)).iterator();
        return texts.flatMap(paragraphs, Encoders.row(PARAGRAPH))
                .withColumn("here", struct("id", "start"))
                .withColumn("first", min("here").over(Window.partitionBy("key")))
                .filter(col("here").notEqual(col("first")))
                .select(
                        col("id"),
                        col("start"),
                        col("end"),
                        lit("paragraph").as("method"),
                        col("first.id").as("kept_in"));
    }

    private static Stream<Row> rows(String id, List<Paragraph> paragraphs) {
        return paragraphs.stream().map(p -> RowFactory.create(p.key(), id, p.start(), p.end()));
    }
}
