package kindling.jobs.io;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.stream.Stream;
import kindling.jobs.UserError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Tables in the two formats that jobs write and read: Parquet, and JSON lines for people. */
public final class Tables {
    /** The two spellings of {@code --output-format}. */
    public static final List<String> FORMATS = List.of("parquet", "jsonl");

    private static final long BYTES_PER_PARTITION = 32L << 20; // input bytes; a task of seconds, a file that reads well
    private static final int LEAST_PARTITIONS = 8; // small inputs still keep a laptop's cores busy

    private Tables() {}

    /** Writes a table into a folder, which may hold other files already. */
    public static void write(Dataset<Row> table, Path folder, String format) {
        var writer = table.write().mode(SaveMode.Append);
        if (format.equals("jsonl")) {
            writer.json(folder.toString());
        } else {
            writer.parquet(folder.toString());
        }
    }

    /** Counts the rows that lie in a folder. */
    public static long count(SparkSession spark, Path folder, String format) {
        return format.equals("jsonl")
                ? spark.read().textFile(folder.toString()).count()
                : spark.read().parquet(folder.toString()).count();
    }

    /** The sum of a column of whole numbers; 0 for a table without rows. */
    public static long sum(Dataset<Row> table, Column column) {
        Row sum = table.agg(functions.sum(column)).first();
        return sum.isNullAt(0) ? 0 : sum.getLong(0);
    }

    /**
     * The data files of an input.
     *
     * @throws UserError when there are none
     */
    public static List<FileStatus> files(InputPath input) {
        List<FileStatus> files = Storage.files(Storage.absolute(input.path()));
        if (files.isEmpty()) {
            Path path = Storage.absolute(input.path());
            boolean missing = InputFiles.isPattern(path) || !Storage.exists(path);
            throw new UserError(
                    missing
                            ? "input %s does not exist: name a file, a folder or a glob".formatted(input)
                            : "input %s holds no files".formatted(input));
        }
        return files;
    }

    public static boolean isParquet(List<FileStatus> files) {
        return files.stream().anyMatch(file -> file.getPath().getName().endsWith(".parquet"));
    }

    /**
     * Any table with named columns: Parquet, or JSON lines with the columns found in them; where there is no line, as in a table without rows,
     * {@code id} and {@code text}.
     */
    public static Dataset<Row> read(SparkSession spark, InputPath input) {
        List<FileStatus> files = files(input);
        return isParquet(files) ? parquet(spark, input, files) : lines(spark, files);
    }

    private static Dataset<Row> lines(SparkSession spark, List<FileStatus> files) {
        // Any length, as in Parquet: Jackson's own limit, 20 MB, makes a longer row unreadable.
        Dataset<Row> table =
                spark.read().option("maxStringLen", Integer.MAX_VALUE).json(paths(files));
        return table.columns().length > 0 ? table : table.select(lit("").as(Documents.ID), lit("").as(Documents.TEXT));
    }

    /** @throws UserError when the files are no Parquet */
    static Dataset<Row> parquet(SparkSession spark, InputPath input, List<FileStatus> files) {
        try {
            return spark.read().parquet(paths(files));
        } catch (Exception e) { // Scala code throws checked exceptions that it does not declare
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UserError("input %s cannot be read as Parquet: %s".formatted(input, reason));
        }
    }

    private static String[] paths(List<FileStatus> files) {
        return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    }

    /**
     * The first of these columns that a table has.
     *
     * @throws UserError when it has none of them
     */
    public static String column(Dataset<Row> table, InputPath input, String... names) {
        List<String> columns = List.of(table.columns());
        return Stream.of(names)
                .filter(columns::contains)
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "input %s needs a column %s, it has %s".formatted(input, String.join(" or ", names), columns)));
    }

    /** How many partitions an input of this size is worked on in; it follows from the data alone, not from the machine. */
    public static int partitions(InputPath input) {
        return partitions(files(input).stream().mapToLong(FileStatus::getLen).sum());
    }

    /** How many partitions so many bytes are worked on in. */
    public static int partitions(long bytes) {
        return (int)
                Math.max(LEAST_PARTITIONS, Math.min(100_000, (bytes + BYTES_PER_PARTITION - 1) / BYTES_PER_PARTITION));
    }
}
