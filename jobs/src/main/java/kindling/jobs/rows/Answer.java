package kindling.jobs.rows;

import java.util.List;
import kindling.prep.sentence.Span;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What inference adds to a row.
 *
 * @param error null, or {@code "Kind: message"}
 * @param finishReason {@code stop}, {@code length} or {@code error}
 * @param promptTokens ids the model read, 0 where no model was asked
 * @param completionTokens ids it wrote
 * @param method how the output came about
 * @param chunks pieces of the input that were worked on
 * @param droppedTokens ids of the input that nobody read
 * @param support share of the output that the source supports, 0 … 1, or null where that was not asked
 * @param droppedSpans where in the input nobody read: half-open, in code points
 * @param replacedSentences how many of the model's sentences gave their place to others
 * @param logProbabilities of each id that the model wrote, natural logarithms; null where that was not asked
 */
public record Answer(
        String output,
        String error,
        String finishReason,
        int promptTokens,
        int completionTokens,
        String method,
        int chunks,
        int droppedTokens,
        Double support,
        List<Span> droppedSpans,
        int replacedSentences,
        List<Double> logProbabilities) {
    static final StructType COLUMNS = new StructType()
            .add("output", DataTypes.StringType, true)
            .add("error", DataTypes.StringType, true)
            .add("finish_reason", DataTypes.StringType, false)
            .add("prompt_tokens", DataTypes.IntegerType, false)
            .add("completion_tokens", DataTypes.IntegerType, false)
            .add("method", DataTypes.StringType, false)
            .add("chunks", DataTypes.IntegerType, false)
            .add("dropped_tokens", DataTypes.IntegerType, false)
            .add("support", DataTypes.DoubleType, true)
            .add(
                    "dropped_spans",
                    DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.IntegerType, false), false),
                    false)
            .add("replaced_sentences", DataTypes.IntegerType, false);

    /** Those of a job that asks for them. */
    static final StructType WITH_LOG_PROBABILITIES =
            COLUMNS.add("log_probabilities", DataTypes.createArrayType(DataTypes.DoubleType, false), true);

    /** An answer to all of the input, in which nothing was replaced. */
    public Answer(
            String output,
            String error,
            String finishReason,
            int promptTokens,
            int completionTokens,
            String method,
            int chunks,
            int droppedTokens,
            Double support) {
        this(
                output,
                error,
                finishReason,
                promptTokens,
                completionTokens,
                method,
                chunks,
                droppedTokens,
                support,
                List.of(),
                0,
                null);
    }

    /** A row that could not be answered. */
    public static Answer failed(String method, String error) {
        return new Answer(null, error, "error", 0, 0, method, 0, 0, null);
    }

    /** An answer that no model wrote. */
    public static Answer plain(String output, String method, Double support) {
        return new Answer(output, null, "stop", 0, 0, method, 1, 0, support);
    }

    /** The same model's work with another output. */
    public Answer withOutput(String changed, String by, Double supported, int replaced) {
        return new Answer(
                changed,
                error,
                finishReason,
                promptTokens,
                completionTokens,
                by,
                chunks,
                droppedTokens,
                supported,
                droppedSpans,
                replaced,
                logProbabilities);
    }

    /** The same, and how likely the model holds what it wrote. */
    public Answer withLogProbabilities(List<Double> ofEachId) {
        return new Answer(
                output,
                error,
                finishReason,
                promptTokens,
                completionTokens,
                method,
                chunks,
                droppedTokens,
                support,
                droppedSpans,
                replacedSentences,
                ofEachId);
    }

    /** In the order of {@link #WITH_LOG_PROBABILITIES}. */
    Object[] values() {
        return new Object[] {
            output,
            error,
            finishReason,
            promptTokens,
            completionTokens,
            method,
            chunks,
            droppedTokens,
            support,
            droppedSpans.stream()
                    .map(span -> new Integer[] {span.start(), span.end()})
                    .toArray(Integer[][]::new),
            replacedSentences,
            logProbabilities == null ? null : logProbabilities.toArray(Double[]::new)
        };
    }
}
