package kindling.jobs.io;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.to_json;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kindling.prep.Document;
import kindling.prep.Verdict;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Documents and, for those that a job drops, the reason: every document that came in is one row here until the job writes, so
 * nothing can get lost on the way. A row without a reason is kept.
 */
public final class Outcomes {
    static final String REASON = "reason";
    static final String DETAIL = "detail";

    /** The documents table with reason and detail. */
    public static final StructType SCHEMA =
            Documents.SCHEMA.add(REASON, DataTypes.StringType, true).add(DETAIL, DataTypes.StringType, true);

    private static final int REASON_AT = SCHEMA.fieldIndex(REASON);

    private final Dataset<Row> rows;
    private final boolean confidential;

    /** @param rows the columns of {@link #SCHEMA}; further ones are left out */
    public Outcomes(Dataset<Row> rows) {
        this(rows, false);
    }

    private Outcomes(Dataset<Row> rows, boolean confidential) {
        this.rows = rows.select(
                Arrays.stream(SCHEMA.fieldNames()).map(name -> col(name)).toArray(Column[]::new));
        this.confidential = confidential;
    }

    /** The same, for jobs whose documents nobody may see: the report shows no snippets of them, not even redacted ones. */
    public Outcomes confidential() {
        return new Outcomes(rows, true);
    }

    /** The row of a document that is kept. */
    public static Row kept(Document document) {
        return row(document, null, null, new Object[0]);
    }

    /** The row of a document that is dropped. */
    public static Row dropped(Document document, String reason, String detail) {
        return row(document, reason, detail, new Object[0]);
    }

    /** Whether a row, with or without further columns, is of a document that is kept. */
    public static boolean isKept(Row row) {
        return row.isNullAt(REASON_AT);
    }

    private static Row row(Document document, String reason, String detail, Object[] further) {
        Object[] values = new Object[SCHEMA.size() + further.length];
        Documents.put(document, values);
        values[REASON_AT] = reason;
        values[REASON_AT + 1] = detail;
        System.arraycopy(further, 0, values, SCHEMA.size(), further.length);
        return RowFactory.create(values);
    }

    /** Judges one document after the other; made once for each partition, on its executor. */
    @FunctionalInterface
    public interface Judge {
        Outcome of(Document document);
    }

    /**
     * What a judge makes of a document.
     *
     * @param document as it goes on
     * @param further values of the further columns that the job asked for, if any
     */
    @SuppressWarnings("ArrayRecordComponent") // the values of one row, on their way into it
    public record Outcome(Document document, Verdict verdict, Object... further) {}

    /** Makes a {@link Judge} where a partition is worked on. */
    @FunctionalInterface
    public interface JudgeSource extends Serializable {
        Judge judge();
    }

    /** Documents that are still kept are judged; the others stay as they are. */
    public Outcomes judged(JudgeSource source) {
        return new Outcomes(judged(new StructType(), source), confidential);
    }

    /** As {@link #judged(JudgeSource)}, with further columns behind those of an outcome; null for documents dropped before. */
    public Dataset<Row> judged(StructType further, JudgeSource source) {
        StructType schema = SCHEMA;
        for (var field : further.fields()) {
            schema = schema.add(field);
        }
        int more = further.size();
        MapPartitionsFunction<Row, Row> work = partition -> judge(partition, source.judge(), more);
        return rows.mapPartitions(work, Encoders.row(schema));
    }

    private static Iterator<Row> judge(Iterator<Row> partition, Judge judge, int more) {
        return new Mapped<>(partition, row -> {
            Document document = Documents.of(row);
            return isKept(row)
                    ? outcome(judge.of(document))
                    : row(document, row.getString(REASON_AT), row.getString(REASON_AT + 1), new Object[more]);
        });
    }

    private static Row outcome(Outcome outcome) {
        return outcome.verdict() instanceof Verdict.Drop drop
                ? row(outcome.document(), drop.reason(), drop.detail(), outcome.further())
                : row(outcome.document(), null, null, outcome.further());
    }

    /**
     * The same rows laid out by id: which partition a document lies in, and where in it, follows from its id and the number of
     * partitions alone. Documents after the first with an id are dropped as {@code duplicate_id}.
     */
    public Outcomes placed(int partitions) {
        return new Outcomes(placed(rows, partitions), confidential);
    }

    /** As {@link #placed(int)}, for what {@link #judged(StructType, JudgeSource)} gave. */
    public static Dataset<Row> placed(Dataset<Row> judged, int partitions) {
        List<Column> order = new ArrayList<>(List.of(
                col(Documents.ID),
                col(REASON),
                col(DETAIL),
                col(Documents.SOURCE),
                col(Documents.TEXT),
                to_json(col(Documents.META))));
        StructType schema = judged.schema();
        for (String further : List.of(schema.fieldNames()).subList(SCHEMA.size(), schema.size())) {
            order.add(col(further));
        }
        Dataset<Row> sorted =
                judged.repartition(partitions, col(Documents.ID)).sortWithinPartitions(order.toArray(Column[]::new));
        MapPartitionsFunction<Row, Row> work = UniqueIds::new;
        return sorted.mapPartitions(work, Encoders.row(schema));
    }

    /** Drops a document whose id a kept one before it has; rows come sorted by id, kept ones (no reason) first. */
    private static final class UniqueIds implements Iterator<Row> {
        private final Iterator<Row> sorted;
        private String keptId;

        UniqueIds(Iterator<Row> sorted) {
            this.sorted = sorted;
        }

        @Override
        public boolean hasNext() {
            return sorted.hasNext();
        }

        @Override
        public Row next() {
            Row row = sorted.next();
            String id = row.getString(0);
            if (!isKept(row)) {
                return row;
            }
            if (id.equals(keptId)) {
                Document document = Documents.of(row);
                return row(
                        document,
                        "duplicate_id",
                        "another document has this id; this one is from " + document.source(),
                        new Object[row.size() - SCHEMA.size()]);
            }
            keptId = id;
            return row;
        }
    }

    /** Keeps the rows at hand, for jobs that read them more than once. */
    public Outcomes persisted() {
        rows.persist(StorageLevel.MEMORY_AND_DISK());
        return this;
    }

    public void unpersist() {
        rows.unpersist();
    }

    /** The documents that are kept. */
    public Dataset<Row> documents() {
        return kept(rows).drop(REASON, DETAIL);
    }

    /** The rows of documents that are kept, with all their columns. */
    public static Dataset<Row> kept(Dataset<Row> judged) {
        return judged.filter(col(REASON).isNull());
    }

    /**
     * Drops documents that a join decided on.
     *
     * @param verdicts id, reason and detail, at most one row for each id
     */
    public Outcomes dropping(Dataset<Row> verdicts) {
        Dataset<Row> decided = verdicts.toDF(Documents.ID, "newReason", "newDetail");
        return new Outcomes(
                rows.join(decided, rows.col(Documents.ID).equalTo(decided.col(Documents.ID)), "left_outer")
                        .drop(decided.col(Documents.ID))
                        .withColumn(DETAIL, coalesce(col(DETAIL), col("newDetail")))
                        .withColumn(REASON, coalesce(col(REASON), col("newReason"))),
                confidential);
    }

    /**
     * Documents with other texts.
     *
     * @param texts id and text of those that change, at most one row for each id
     */
    public Outcomes rewritten(Dataset<Row> texts) {
        Dataset<Row> changed = texts.toDF("changedId", "changedText");
        return new Outcomes(
                rows.join(changed, col(Documents.ID).equalTo(col("changedId")), "left_outer")
                        .withColumn(Documents.TEXT, coalesce(col("changedText"), col(Documents.TEXT))),
                confidential);
    }

    /** UTF-8 bytes of all texts. */
    public long bytes() {
        return Tables.sum(rows, octet_length(col(Documents.TEXT)));
    }

    /** UTF-8 bytes of the texts that are kept. */
    public long textBytes() {
        return Tables.sum(documents(), octet_length(col(Documents.TEXT)));
    }

    /** Writes documents, ledger and numbers of a job, and checks that they add up. */
    public void write(Path folder, String stage, String format, int partitions, Report report) {
        Outcomes placed = placed(partitions).persisted();
        Dataset<Row> documents = placed.documents();
        Tables.write(documents, folder, format);
        report.phase("process");
        Tally tally =
                placed.settled(folder, stage, format, Tables.count(documents.sparkSession(), folder, format), report);
        report.putIfAbsent("bytes_in", tally.bytesIn())
                .put("bytes_out", tally.bytesOut())
                .put("languages", tally.languages())
                .put("lengths", tally.lengths());
        placed.unpersist();
    }

    /**
     * Writes the ledger, and checks that what came in was written or has a reason there.
     *
     * @param out documents written
     */
    public void settle(Path folder, String stage, String format, long out, Report report) {
        settled(folder, stage, format, out, report);
    }

    private Tally settled(Path folder, String stage, String format, long out, Report report) {
        Path ledger = new Path(folder, "_rejected");
        Dataset<Row> rejected = rows.filter(col(REASON).isNotNull())
                .select(col(Documents.ID), lit(stage).as("stage"), col(REASON), col(DETAIL));
        Tables.write(rejected, ledger, format);
        report.phase("ledger");
        Tally tally = Tally.of(rows, report.seed());
        report.rows(tally.rows(), out, tally.reasons())
                .put("samples", samples(tally))
                .phase("numbers");
        return tally;
    }

    private List<Map<String, String>> samples(Tally tally) {
        Snippet snippet = new Snippet();
        return tally.samples().map(sample -> shown(sample, snippet)).toList();
    }

    private Map<String, String> shown(Tally.Sample sample, Snippet snippet) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("reason", sample.reason());
        shown.put("id", sample.id());
        shown.put("source", sample.source());
        shown.put("detail", sample.detail());
        if (!confidential && !sample.head().isEmpty()) {
            shown.put("snippet", snippet.of(sample.head()));
        }
        return shown;
    }
}
