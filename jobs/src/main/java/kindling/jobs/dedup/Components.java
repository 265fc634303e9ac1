package kindling.jobs.dedup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Connected components by alternating large-star and small-star steps (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii,
 * Connected Components in MapReduce and Beyond, SoCC 2014): every node ends up joined to the smallest of its component, in a
 * number of rounds that grows with the logarithm of its size, and no task ever holds a component.
 */
final class Components {
    private Components() {}

    /**
     * @param edges pairs (a, b) of string ids
     * @return (id, label) for every node that has an edge; label is the smallest id of its component
     */
    static Dataset<Row> of(Dataset<Row> edges) {
        Dataset<Row> stars = cut(oriented(edges));
        Row state = state(stars);
        while (true) {
            Dataset<Row> next = cut(smallStar(largeStar(stars)));
            Row nextState = state(next);
            stars.unpersist();
            stars = next;
            if (nextState.equals(state)) {
                break;
            }
            state = nextState;
        }
        Dataset<Row> leaves = stars.toDF("id", "label");
        return leaves.union(leaves.select(col("label").as("id"), col("label")).distinct());
    }

    /**
     * The same rows at hand, under a plan that is a scan: every step joins its input with itself, so plans would otherwise double
     * with each. Lost rows are still computed again from their lineage.
     */
    private static Dataset<Row> cut(Dataset<Row> edges) {
        return edges.sparkSession()
                .createDataFrame(edges.javaRDD(), edges.schema())
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Each edge once, from its larger node u to its smaller node v. */
    private static Dataset<Row> oriented(Dataset<Row> edges) {
        return edges.toDF("a", "b")
                .filter(col("a").notEqual(col("b")))
                .select(
                        greatest(col("a"), col("b")).as("u"),
                        least(col("a"), col("b")).as("v"))
                .distinct();
    }

    /** Larger neighbours of a node are joined to the smallest node of its neighbourhood. */
    private static Dataset<Row> largeStar(Dataset<Row> edges) {
        Dataset<Row> both = edges.union(edges.select(col("v"), col("u"))).toDF("u", "v");
        Dataset<Row> smallest = both.groupBy("u").agg(least(col("u"), min("v")).as("m"));
        return oriented(both.join(smallest, "u").filter(col("v").gt(col("u"))).select("v", "m"));
    }

    /** A node and its smaller neighbours are joined to the smallest of them. */
    private static Dataset<Row> smallStar(Dataset<Row> edges) {
        Dataset<Row> smallest = edges.groupBy("u").agg(min("v").as("m"));
        return oriented(edges.join(smallest, "u").select("v", "m").union(smallest));
    }

    /** Number of edges and a sum over them, equal when nothing moved. */
    private static Row state(Dataset<Row> edges) {
        return edges.agg(count(lit(1)), coalesce(sum(hash(col("u"), col("v")).cast("long")), lit(0L)))
                .first();
    }
}
