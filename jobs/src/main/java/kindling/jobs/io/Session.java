package kindling.jobs.io;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of this driver, started when the first step needs it: a run whose steps are all done never starts one. The
 * settings here are those that results depend on; resources are the user's, see {@code cluster-config}.
 */
public final class Session implements AutoCloseable {
    /** By name: training knows this package, not the other way round. */
    private static final String METRICS = "kindling.jobs.train.MetricsPlugin";

    private static final String PLUGINS = "spark.plugins";

    private SparkSession spark;

    public synchronized SparkSession spark() {
        if (spark == null) {
            spark = SparkSession.builder()
                    .appName("kindling")
                    // Partition counts come from the data alone, never from the number of cores.
                    .config("spark.sql.adaptive.enabled", false)
                    .config("spark.sql.sources.commitProtocolClass", StableNames.class.getName())
                    // _SUCCESS is ours to write, when the whole output is in place.
                    .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
                    // So that reports can tell the peak of memory; a look takes microseconds.
                    .config("spark.executor.metrics.pollingInterval", "500ms")
                    .config(PLUGINS, plugins(new SparkConf()))
                    .config("spark.sql.session.timeZone", "UTC")
                    .config("spark.sql.caseSensitive", true)
                    .config("spark.sql.sources.partitionColumnTypeInference.enabled", false)
                    .getOrCreate();
        }
        return spark;
    }

    /** The user's own, and the numbers of training as metrics. */
    private static String plugins(SparkConf conf) {
        return conf.contains(PLUGINS) ? conf.get(PLUGINS) + "," + METRICS : METRICS;
    }

    /** The session, if one was started. */
    synchronized Optional<SparkSession> started() {
        return Optional.ofNullable(spark);
    }

    @Override
    public synchronized void close() {
        if (spark != null) {
            spark.stop();
        }
    }
}
