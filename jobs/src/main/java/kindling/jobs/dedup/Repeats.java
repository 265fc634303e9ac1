package kindling.jobs.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Report;
import kindling.jobs.io.Tables;
import kindling.prep.dedup.Span;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Takes out of documents what stood in earlier ones: paragraphs, then passages. Runs on the driver. */
public final class Repeats {
    /**
     * Cutting joins what stood apart, and that may be a repeat again; each round finds those of the one before. Two or three do
     * on real texts; only made ones need more, and must not keep a job for ever.
     */
    private static final int MOST_ROUNDS = 10;

    private static final StructType CHANGE = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("text", DataTypes.StringType, false)
            .add("spans", DataTypes.createArrayType(SpanTable.SPAN, false), false)
            .add("bytes", DataTypes.LongType, false);

    private final Options options;
    private final int partitions;

    /**
     * @param paragraphs take out paragraphs, as {@code minParagraphWords} says
     * @param minParagraphWords shorter paragraphs are left alone
     * @param passages take out passages, as {@code minTokens} says
     * @param minTokens of a passage
     */
    public record Options(boolean paragraphs, int minParagraphWords, boolean passages, int minTokens) {}

    public Repeats(Options options, int partitions) {
        this.options = options;
        this.partitions = partitions;
    }

    /**
     * The documents without what they repeat; those that have nothing left are dropped. Writes {@code _spans} (id, start, end,
     * method, kept_in), which says what was taken out of whom: half-open offsets in code points of the text as it came in.
     *
     * @param folder where {@code _spans} is written
     * @param format of it
     */
    public Outcomes takenOut(Outcomes outcomes, Path folder, String format, Report report) {
        if (!options.paragraphs && !options.passages) {
            return outcomes;
        }
        report.put("bytes_in", outcomes.bytes()); // before texts get shorter
        Dataset<Row> texts = outcomes.documents()
                .select("id", "text")
                .repartition(partitions, col("id"))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> changes = changes(texts);
        write(changes, folder, format);
        numbers(changes, report);
        report.phase("repeats");
        return outcomes.rewritten(changes.select("id", "text")).dropping(verdicts(changes));
    }

    /** @return id, new text, spans in code points, UTF-8 bytes that went; for each document that changes */
    Dataset<Row> changes(Dataset<Row> texts) {
        MapFunction<Row, Row> cut = Repeats::cut;
        return SpanTable.on(texts, spans(texts))
                .filter(size(col("spans")).gt(0))
                .map(cut, Encoders.row(CHANGE))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private Dataset<Row> spans(Dataset<Row> texts) {
        Dataset<Row> spans = texts.sparkSession().createDataFrame(List.of(), SpanTable.SCHEMA);
        if (options.paragraphs) {
            spans = RepeatedParagraphs.spans(texts, options.minParagraphWords).persist(StorageLevel.MEMORY_AND_DISK());
        }
        for (int round = 0; options.passages && round < MOST_ROUNDS; round++) {
            RepeatedPassages passages = new RepeatedPassages(SpanTable.on(texts, spans), options.minTokens);
            Dataset<Row> found =
                    (round == 0 ? passages.spans() : passages.spansOverCuts()).persist(StorageLevel.MEMORY_AND_DISK());
            if (found.isEmpty()) {
                break;
            }
            spans = spans.union(found);
        }
        return spans;
    }

    private static Row cut(Row row) {
        String text = row.getString(1);
        List<Span> spans = SpanTable.spans(row, 2);
        String left = Span.cut(text, spans);
        long bytes = (long) text.getBytes(UTF_8).length - left.getBytes(UTF_8).length;
        return RowFactory.create(row.getString(0), left, inCodePoints(text, spans), bytes);
    }

    private static Row[] inCodePoints(String text, List<Span> spans) {
        List<Row> rows = new ArrayList<>();
        int at = 0;
        int codePoints = 0;
        for (Span span : spans) {
            int start = codePoints + text.codePointCount(at, span.start());
            int end = start + text.codePointCount(span.start(), span.end());
            rows.add(RowFactory.create(start, end, span.method(), span.keptIn()));
            at = span.end();
            codePoints = end;
        }
        return rows.toArray(Row[]::new);
    }

    private void write(Dataset<Row> changes, Path folder, String format) {
        Dataset<Row> spans = changes.select(col("id"), explode(col("spans")).as("span"))
                .select("id", "span.start", "span.end", "span.method", "span.kept_in")
                .repartition(partitions, col("id"))
                .sortWithinPartitions("id", "start");
        Tables.write(spans, new Path(folder, "_spans"), format);
    }

    private static void numbers(Dataset<Row> changes, Report report) {
        Map<String, Long> counts = new TreeMap<>(Map.of("paragraph", 0L, "substring", 0L));
        changes.select(explode(col("spans.method")).as("method"))
                .groupBy("method")
                .count()
                .collectAsList()
                .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        report.put("removed_spans", counts).put("removed_bytes", Tables.sum(changes, col("bytes")));
    }

    private static Dataset<Row> verdicts(Dataset<Row> changes) {
        Column passages = array_contains(col("spans.method"), "substring");
        return changes.filter(col("text").equalTo(""))
                .select(
                        col("id"),
                        when(passages, "duplicate_substrings").otherwise("duplicate_paragraphs"),
                        concat(
                                lit("nothing is left; the first of "),
                                size(col("spans")),
                                lit(" parts is in "),
                                col("spans").getItem(0).getField("kept_in")));
    }
}
