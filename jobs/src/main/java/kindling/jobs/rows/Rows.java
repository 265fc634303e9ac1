package kindling.jobs.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kindling.jobs.UserError;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A table, and what is asked of each of its rows. Rows that ask the same share one request. Runs on the driver.
 *
 * @param table every row of it gets an answer
 * @param id the column that names a row
 * @param text the column that holds what is asked about
 * @param drawn whether answers are drawn by a seed of the row's id, so that equal texts get different ones
 * @param logProbabilities whether answers come with {@code log_probabilities}
 */
public record Rows(Dataset<Row> table, String id, String text, boolean drawn, boolean logProbabilities) {
    /** The column by which an answer finds its rows. */
    static final String KEY = "_request";

    private static final String PROBLEM = "_problem";
    private static final String CHUNK = "_chunk";

    /** Where Spark puts a line of JSON that it cannot read. */
    private static final String UNREADABLE = "_corrupt_record";

    /** Columns of {@link #requests}. */
    static final int KEY_AT = 0;

    static final int PROBLEM_AT = 1;
    static final int ID_AT = 2;
    static final int TEXT_AT = 3;
    static final int ROWS_AT = 4;
    static final int CHUNK_AT = 5;

    /** @throws UserError when the table has columns that answers add */
    public Rows {
        List<String> taken = Stream.concat(
                        Stream.of(KEY, PROBLEM),
                        Stream.of(added(logProbabilities).fieldNames()))
                .filter(List.of(table.columns())::contains)
                .toList();
        if (!taken.isEmpty()) {
            throw new UserError(
                    "the input has columns %s, which the output adds: rename or drop them".formatted(taken));
        }
        table = table.withColumn(id, col(id).cast("string"))
                .withColumn(text, col(text).cast("string"));
    }

    /** The columns that answers add. */
    StructType added() {
        return added(logProbabilities);
    }

    private static StructType added(boolean logProbabilities) {
        return logProbabilities ? Answer.WITH_LOG_PROBABILITIES : Answer.COLUMNS;
    }

    /** One row a request, in chunks, each whole in one partition and in order there. */
    Dataset<Row> requests(int chunks, int partitions) {
        return keyed().groupBy(KEY)
                .agg(
                        first(col(PROBLEM)).as(PROBLEM),
                        min(col(id)).as(id),
                        first(col(text)).as(text),
                        count(lit(1)).as("_rows"))
                .withColumn(CHUNK, pmod(xxhash64(col(KEY)), lit((long) chunks)).cast("int"))
                .repartitionById(partitions, pmod(col(CHUNK), lit(partitions)))
                .sortWithinPartitions(CHUNK, KEY);
    }

    /** All rows with their answers; which file a row lies in, and where, follows from the rows and the number of files. */
    Dataset<Row> with(Dataset<Row> answers, int files) {
        return keyed().join(answers, KEY)
                .drop(KEY, PROBLEM)
                .repartition(files, col(id))
                .sortWithinPartitions(col(id), col(text), whole());
    }

    /** The row as one text: of rows with equal ids and texts the order follows from the rest. */
    private Column whole() {
        Column[] columns = Stream.of(table.columns())
                .map(name -> col("`%s`".formatted(name.replace("`", "``"))))
                .toArray(Column[]::new);
        return to_json(struct(columns));
    }

    private Dataset<Row> keyed() {
        List<Column> asked = new ArrayList<>(List.of(col(PROBLEM), col(text)));
        if (drawn) {
            asked.add(col(id));
        }
        return table.withColumn(PROBLEM, problem())
                .withColumn(KEY, sha2(to_json(struct(asked.toArray(Column[]::new))), 256));
    }

    /** Why a row cannot be asked about at all. */
    private Column problem() {
        Column unnamed = col(id).isNull();
        Column missing = when(unnamed, "MissingId: the row has no " + id)
                .when(col(text).isNull(), "MissingText: the row has no " + text);
        return List.of(table.columns()).contains(UNREADABLE)
                ? when(col(UNREADABLE).isNotNull(), "UnreadableRow: the line is no JSON object")
                        .otherwise(missing)
                : missing;
    }
}
