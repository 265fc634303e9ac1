package kindling.jobs;

import kindling.jobs.io.Session;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One Spark session on two cores for all tests of this JVM, with the settings that every job runs with. */
public final class LocalSpark {
    private static final Session SESSION = start();

    private LocalSpark() {}

    private static Session start() {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.log.level", "ERROR");
        System.setProperty("spark.sql.extensions", "kindling.jobs.sql.KindlingExtensions");
        Session session = new Session();
        session.spark();
        return session;
    }

    public static Session session() {
        return SESSION;
    }

    public static SparkSession spark() {
        return SESSION.spark();
    }

    /** Joins and sums in two parts, as fits a handful of rows; jobs choose their own number. */
    public static void fewPartitions() {
        spark().conf().set("spark.sql.shuffle.partitions", 2);
    }

    public static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(spark().sparkContext());
    }
}
