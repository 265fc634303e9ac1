package kindling.jobs.score;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import kindling.jobs.dedup.Contamination;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Tables;
import kindling.prep.dedup.Fingerprint;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which documents of an evaluation set a training corpus holds: as a whole, but for case, white space and Unicode form ({@link
 * Fingerprint}), or a share of their runs of n words, wherever in whichever documents ({@link Contamination}). A model that was
 * trained on them is not measured by them.
 */
public final class Leakage {
    private static final String FINGERPRINT = "fingerprint";
    private static final int EXAMPLES = 5;

    private final int ngram;
    private final double share;

    /**
     * @param ngram words in a run; of shorter documents all words are one, of fewer than 8 none
     * @param share of a document's runs that the corpus must hold, 0 to 1; 0: one run is enough
     */
    public Leakage(int ngram, double share) {
        this.ngram = ngram;
        this.share = share;
    }

    /** Writes a row for each evaluation document: id, leaked, exact, copies, ngrams, found, share, documents, examples. */
    public void write(SparkSession spark, InputPath evaluation, InputPath corpus, Sheet sheet) {
        Dataset<Row> items = numbered(texts(spark, evaluation));
        Dataset<Row> documents = texts(spark, corpus);
        Contamination contamination =
                new Contamination(Contamination.items(items, "evaluation"), new Contamination.Options(ngram, share));
        Dataset<Row> runs = contamination.found(documents);
        Column byRuns = col("found").gt(0).and(col("share").geq(share));
        Dataset<Row> judged = fingerprinted(items)
                .join(copies(documents), FINGERPRINT, "left_outer")
                .join(runs.withColumnRenamed("item", "id"), "id")
                .select(
                        col("id"),
                        col("copies").isNotNull().or(byRuns).as("leaked"),
                        col("copies").isNotNull().as("exact"),
                        coalesce(col("copies"), lit(0L)).as("copies"),
                        col("ngrams"),
                        col("found"),
                        col("share"),
                        col("documents"),
                        col("examples"));
        Dataset<Row> rows = sheet.written(sheet.placed(judged));
        report(rows, documents.count(), byRuns, sheet);
        rows.unpersist();
        runs.unpersist();
    }

    private static void report(Dataset<Row> rows, long documents, Column byRuns, Sheet sheet) {
        long evaluated = rows.count();
        long leaked = rows.filter(col("leaked")).count();
        sheet.report()
                .put("evaluation_documents", evaluated)
                .put("corpus_documents", documents)
                .put("leaked", leaked)
                .put("leaked_share", (double) leaked / Math.max(1, evaluated))
                .put("leaked_exact", rows.filter(col("exact")).count())
                .put("leaked_by_runs", rows.filter(byRuns).count())
                .put("sharing_a_run", rows.filter(col("found").gt(0)).count())
                .put("leaks", examples(rows));
    }

    /** The first rows of leaked documents, as they are written. */
    private static List<JsonNode> examples(Dataset<Row> rows) {
        return rows.filter(col("leaked")).orderBy("id").limit(EXAMPLES).toJSON().collectAsList().stream()
                .<JsonNode>map(Json::parse)
                .toList();
    }

    private static Dataset<Row> texts(SparkSession spark, InputPath input) {
        Dataset<Row> table = Tables.read(spark, input);
        return table.select(
                coalesce(col(Tables.column(table, input, "id")).cast("string"), lit(""))
                        .as("id"),
                coalesce(col(Tables.column(table, input, "text", "document")), lit(""))
                        .as("text"));
    }

    /** The second document of an id is called {@code ID#2}. */
    private static Dataset<Row> numbered(Dataset<Row> texts) {
        Column number = row_number().over(Window.partitionBy("id").orderBy("text"));
        return texts.withColumn("number", number)
                .withColumn(
                        "id",
                        when(col("number").gt(1), concat(col("id"), lit("#"), col("number")))
                                .otherwise(col("id")))
                .drop("number");
    }

    /** How often the corpus has a text. */
    private static Dataset<Row> copies(Dataset<Row> documents) {
        return fingerprinted(documents)
                .filter(col("text").notEqual(""))
                .groupBy(FINGERPRINT)
                .agg(count(lit(1)).as("copies"));
    }

    private static Dataset<Row> fingerprinted(Dataset<Row> texts) {
        UserDefinedFunction fingerprint = udf((UDF1<String, String>) Fingerprint::of, DataTypes.StringType);
        return texts.withColumn(FINGERPRINT, fingerprint.apply(col("text")));
    }
}
