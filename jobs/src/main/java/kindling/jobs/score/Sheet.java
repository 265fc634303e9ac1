package kindling.jobs.score;

import static org.apache.spark.sql.functions.col;

import kindling.jobs.io.Report;
import kindling.jobs.io.Tables;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Where scores go.
 *
 * @param partitions of the rows, by their {@code id}
 * @param folder of the rows
 * @param format of the rows
 * @param report of the figures
 */
public record Sheet(int partitions, Path folder, String format, Report report) {
    /** Rows where they are written, so that what is worked out on them is laid out alike. */
    Dataset<Row> placed(Dataset<Row> rows) {
        return rows.repartition(partitions, col("id")).sortWithinPartitions("id");
    }

    /** Writes rows, which stay at hand until they are unpersisted. */
    Dataset<Row> written(Dataset<Row> rows) {
        Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(kept, folder, format);
        report.put("scored", kept.count());
        return kept;
    }
}
