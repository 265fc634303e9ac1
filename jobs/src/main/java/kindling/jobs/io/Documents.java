package kindling.jobs.io;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kindling.jobs.UserError;
import kindling.prep.Document;
import kindling.prep.read.ReadOptions;
import kindling.prep.read.Sink;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** The documents table: id, text, source, url, language, meta. The only place that knows its columns. */
public final class Documents {
    public static final String ID = "id";
    public static final String TEXT = "text";
    static final String SOURCE = "source";
    static final String LANGUAGE = "language";
    static final String META = "meta";

    /** How much of a large file one task reads: seconds of work, so that all cores get some of a file of a gigabyte. */
    public static final long PART_BYTES = 32L << 20;

    private static final long ROW_WEIGHT = 256; // characters; what a row takes beside its text

    /** {@code url} and {@code language} are null where unknown. */
    public static final StructType SCHEMA = new StructType()
            .add(ID, DataTypes.StringType, false)
            .add(TEXT, DataTypes.StringType, false)
            .add(SOURCE, DataTypes.StringType, true)
            .add("url", DataTypes.StringType, true)
            .add(LANGUAGE, DataTypes.StringType, true)
            .add(META, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true), true);

    private Documents() {}

    static void put(Document document, Object[] values) {
        values[0] = document.id();
        values[1] = document.text();
        values[2] = document.source();
        values[3] = orNull(document.url());
        values[4] = orNull(document.language());
        values[5] = scala.jdk.javaapi.CollectionConverters.asScala(document.meta());
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A row of the documents table; further columns are left alone. */
    public static Document of(Row row) {
        Map<String, String> meta = row.isNullAt(5) ? Map.of() : new HashMap<>(row.getJavaMap(5));
        return new Document(
                row.getString(0), row.getString(1), orEmpty(row, 2), orEmpty(row, 3), orEmpty(row, 4), meta);
    }

    private static String orEmpty(Row row, int column) {
        return row.isNullAt(column) ? "" : row.getString(column);
    }

    /**
     * A documents table as a job reads it: Parquet as it is, JSON lines record by record, so that a broken line costs only
     * itself.
     *
     * @throws UserError when there is nothing to read, or it is no documents table
     */
    public static Outcomes read(SparkSession spark, InputPath input) {
        return read(spark, input, List.of());
    }

    /**
     * As {@link #read(SparkSession, InputPath)}; of a Parquet table, further columns of these names go into {@link #META}, as
     * all further fields of JSON lines do.
     */
    public static Outcomes read(SparkSession spark, InputPath input, List<String> further) {
        Path path = Storage.absolute(input.path());
        List<FileStatus> files = Tables.files(input);
        if (Tables.isParquet(files)) {
            return new Outcomes(parquet(withMeta(Tables.parquet(spark, input, files), further), input));
        }
        LongAccumulator excluded = spark.sparkContext().longAccumulator();
        return read(spark, path, files, ReadOptions.defaults().withFormat("jsonl"), PART_BYTES, excluded);
    }

    /**
     * UTF-8 bytes of all texts of an input. A documents table of ours is not read for it: the report beside it says.
     *
     * @param read what {@link #read(SparkSession, InputPath)} gave
     */
    public static long textBytes(InputPath input, Outcomes read) {
        Path folder = Storage.absolute(input.path());
        if (InputFiles.isPattern(folder) || !Storage.exists(new Path(folder, Manifest.SUCCESS))) {
            return read.textBytes();
        }
        return Report.in(folder)
                .filter(report -> report.has("lengths")) // of documents; fetch, for one, counts bytes of files
                .map(report -> report.path("bytes_out").asLong())
                .orElseGet(read::textBytes);
    }

    /** The table with further columns as entries of its meta. */
    private static Dataset<Row> withMeta(Dataset<Row> table, List<String> further) {
        Dataset<Row> extended = table;
        for (String name : further) {
            List<String> columns = List.of(extended.columns());
            if (columns.contains(name) && !List.of(SCHEMA.fieldNames()).contains(name)) {
                DataType type = SCHEMA.apply(META).dataType();
                Column meta = coalesce(
                        columns.contains(META)
                                ? col(META).cast(type)
                                : lit(null).cast(type),
                        map().cast(type));
                Column others = map_filter(meta, (key, value) -> key.notEqual(name));
                extended = extended.withColumn(
                        META, map_concat(others, map(lit(name), col(name).cast(DataTypes.StringType))));
            }
        }
        return extended;
    }

    private static Dataset<Row> parquet(Dataset<Row> table, InputPath input) {
        for (String column : List.of(ID, TEXT)) {
            if (!List.of(table.columns()).contains(column)) {
                throw new UserError(
                        "input %s is no documents table: it has no column %s, only %s; kindling ingest makes one"
                                .formatted(input, column, List.of(table.columns())));
            }
        }
        List<Column> columns = new ArrayList<>();
        for (var field : Outcomes.SCHEMA.fields()) {
            boolean present = List.of(table.columns()).contains(field.name())
                    && !field.name().equals("reason")
                    && !field.name().equals("detail");
            columns.add((present ? col(field.name()) : lit(null))
                    .cast(field.dataType())
                    .as(field.name()));
        }
        Column missing = when(col(ID).isNull(), "missing_id").when(col(TEXT).isNull(), "missing_text");
        return table.select(columns.toArray(Column[]::new))
                .withColumn("reason", missing)
                .withColumn("detail", when(col("reason").isNotNull(), "a row of the Parquet table"))
                .withColumn(ID, coalesce(col(ID), lit("")))
                .withColumn(TEXT, coalesce(col(TEXT), lit("")));
    }

    /** The documents of raw files of any format, as {@code ingest} makes them when nothing else is asked. */
    public static Outcomes raw(SparkSession spark, InputPath input) {
        return read(
                spark,
                Storage.absolute(input.path()),
                Tables.files(input),
                ReadOptions.defaults(),
                PART_BYTES,
                spark.sparkContext().longAccumulator());
    }

    /**
     * Raw files, large ones in parts and small ones together: documents, and what could not be read with its reason.
     *
     * @param partBytes of a file that one task reads at most; nothing that is read depends on it
     * @param excluded counts the files and archive entries that the options leave out; a task that runs twice counts twice
     */
    public static Outcomes read(
            SparkSession spark,
            Path input,
            List<FileStatus> files,
            ReadOptions options,
            long partBytes,
            LongAccumulator excluded) {
        Path root = InputFiles.root(input);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<List<Part>> tasks = Part.tasks(files, root, partBytes, context.defaultParallelism());
        JavaRDD<Row> rows = context.parallelize(tasks, tasks.size()).flatMap(parts -> rows(parts, options, excluded));
        return new Outcomes(spark.createDataset(rows.rdd(), Encoders.row(Outcomes.SCHEMA)));
    }

    private static Iterator<Row> rows(List<Part> parts, ReadOptions options, LongAccumulator excluded) {
        return new PushIterator<>(
                rows -> parts.forEach(part -> part.read(options, new Rows(rows, excluded))), Documents::weight);
    }

    private static long weight(Row row) {
        return ROW_WEIGHT + row.getString(1).length();
    }

    private record Rows(Consumer<Row> rows, LongAccumulator excluded) implements Sink {
        @Override
        public void accept(Document document) {
            rows.accept(Outcomes.kept(document));
        }

        @Override
        public void reject(String id, String reason, String detail) {
            rows.accept(Outcomes.dropped(new Document(id, "", "", "", "", Map.of()), reason, detail));
        }

        @Override
        public void exclude(String path) {
            excluded.add(1);
        }
    }
}
