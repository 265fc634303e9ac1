package kindling.jobs.words;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import kindling.jobs.io.Documents;
import kindling.prep.bpe.TextCut;
import kindling.prep.bpe.WordCounts;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The words of a corpus on the driver, with exact 64-bit counts. The driver needs memory for the words that are kept, tasks for a part of the
 * distinct ones, which Spark spills.
 *
 * @param counts the words that occur often enough
 * @param distinct the number of all distinct words
 * @param occurrences the number of all words
 * @param bytes of UTF-8 that all words make up
 */
public record WordTable(WordCounts counts, long distinct, long occurrences, long bytes) {
    private static final StructType SCHEMA =
            new StructType().add("word", DataTypes.BinaryType, false).add("count", DataTypes.LongType, false);

    /**
     * Counts the words of these documents. Runs on the driver, the counting on executors.
     *
     * @param leastCount what a word must occur to be kept; 1 keeps all
     */
    public static WordTable of(Dataset<Row> documents, TextCut cut, long leastCount) {
        MapPartitionsFunction<Row, Row> combine = texts -> new Combiner(texts, cut);
        MapPartitionsFunction<Row, Row> pack = sums -> new Packer(sums, leastCount);
        Dataset<Row> blocks = documents
                .select(Documents.TEXT)
                .mapPartitions(combine, Encoders.row(SCHEMA))
                .groupBy("word")
                .agg(sum(col("count")))
                .mapPartitions(pack, Encoders.row(Packer.SCHEMA));
        WordCounts counts = new WordCounts();
        long distinct = 0;
        long occurrences = 0;
        long bytes = 0;
        for (Iterator<Row> rows = blocks.toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            counts.addAll(row.getAs(0));
            distinct += row.getLong(1);
            occurrences = Math.addExact(occurrences, row.getLong(2));
            bytes = Math.addExact(bytes, row.getLong(3));
        }
        return new WordTable(counts, distinct, occurrences, bytes);
    }

    /** Numbers for the report; the coverage is the share of all words and of all their bytes that the kept ones make up. */
    public Map<String, Number> figures() {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("words", occurrences);
        figures.put("distinct_words", distinct);
        figures.put("kept_distinct_words", counts.size());
        figures.put("kept_distinct_bytes", counts.byteSize());
        figures.put("coverage_words", share(counts.occurrences(), occurrences));
        figures.put("coverage_bytes", share(counts.textBytes(), bytes));
        return figures;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
