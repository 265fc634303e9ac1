package kindling.jobs.dedup;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.List;
import kindling.prep.dedup.Span;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows (id, start, end, method, kept_in): what is taken out of which text. */
final class SpanTable {
    static final StructType SPAN = new StructType()
            .add("start", DataTypes.IntegerType, false)
            .add("end", DataTypes.IntegerType, false)
            .add("method", DataTypes.StringType, false)
            .add("kept_in", DataTypes.StringType, false);

    static final StructType SCHEMA = withId(SPAN);

    private SpanTable() {}

    private static StructType withId(StructType fields) {
        StructType schema = new StructType().add("id", DataTypes.StringType, false);
        for (var field : fields.fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    static Row row(String id, Span span) {
        return RowFactory.create(id, span.start(), span.end(), span.method(), span.keptIn());
    }

    /** One row (id, spans) for each id, its spans in order. */
    static Dataset<Row> byDocument(Dataset<Row> spans) {
        return spans.groupBy("id")
                .agg(sort_array(collect_list(struct("start", "end", "method", "kept_in")))
                        .as("spans"));
    }

    /**
     * Texts with what is taken out of them.
     *
     * @param texts id and text
     * @return id, text, spans in order (empty for a text that stays whole)
     */
    static Dataset<Row> on(Dataset<Row> texts, Dataset<Row> spans) {
        return texts.join(byDocument(spans), new String[] {"id"}, "left_outer")
                .select(
                        col("id"),
                        col("text"),
                        coalesce(col("spans"), array().cast(new ArrayType(SPAN, false)))
                                .as("spans"));
    }

    static List<Span> spans(Row row, int column) {
        List<Span> spans = new ArrayList<>();
        for (Row span : row.<Row>getList(column)) {
            spans.add(new Span(span.getInt(0), span.getInt(1), span.getString(2), span.getString(3)));
        }
        return spans;
    }
}
