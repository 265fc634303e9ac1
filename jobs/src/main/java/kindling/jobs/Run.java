package kindling.jobs;

import kindling.jobs.io.InputPath;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Report;
import kindling.jobs.io.Session;
import kindling.jobs.io.Tables;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a job works with while it runs.
 *
 * @param name the job's name, as the ledger's {@code stage}
 * @param folder where to write: not yet the output folder, but it will become it
 */
public record Run(String name, Session session, Path folder, Manifest manifest, Report report, CommonOptions common) {
    /** The Spark session, started by the first job that asks. */
    SparkSession spark() {
        return session.spark();
    }

    Path file(String child) {
        return new Path(folder, child);
    }

    /** The number of parts that work on this input; joins and sums on the way to the output are cut into as many. */
    int partitions(InputPath input) {
        int partitions = common.partitions != null ? common.partitions : Tables.partitions(input);
        spark().conf().set("spark.sql.shuffle.partitions", partitions);
        return partitions;
    }
}
