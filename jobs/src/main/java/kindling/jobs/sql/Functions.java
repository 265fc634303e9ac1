package kindling.jobs.sql;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The functions of {@link KindlingExtensions} as columns.
 *
 * <pre>{@code
 * spark.conf().set("spark.kindling.checkpoint", "out/model");
 * Dataset<Row> documents = spark.read().parquet("documents");
 * documents.withColumn("summary", Functions.summarize(col("text"))).write().parquet("summaries");
 * }</pre>
 */
public final class Functions {
    private Functions() {}

    /**
     * A summary: the checkpoint's where the text supports it, otherwise, and without a checkpoint, sentences of the text. Null for a text that has
     * none.
     */
    public static Column summarize(Column text) {
        return functions.call_function("kindling_summarize", text);
    }

    /** What the checkpoint writes after a prompt, greedily. Null for a prompt that is empty or does not fit the context. */
    public static Column generate(Column prompt) {
        return functions.call_function("kindling_generate", prompt);
    }

    /** The text with personal data replaced by its type: {@code Mail <EMAIL>}. */
    public static Column redact(Column text) {
        return functions.call_function("kindling_redact", text);
    }

    /** How many tokens the checkpoint's tokenizer makes of a text. */
    public static Column countTokens(Column text) {
        return functions.call_function("kindling_count_tokens", text);
    }
}
