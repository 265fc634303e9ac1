package kindling.jobs.dedup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kindling.prep.dedup.MinHash;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Connected components by alternating large-star and small-star steps (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii,
 * Connected Components in MapReduce and Beyond, SoCC 2014): every node ends up joined to the smallest of its component, in a number
 * of rounds that grows with the logarithm of its size, and no task ever holds a component. Before edges travel, each part puts the
 * trees of a {@link Forest} in place of those it holds, which joins the same nodes with fewer edges and fewer rounds.
 */
final class Components {
    private static final long NODES_PER_PART = 250_000; // a few megabytes of edges
    private static final int EDGE = 2; // numbers

    private Components() {}

    /** How many parts components of so many nodes are found in, never one alone. */
    static int parts(long nodes) {
        return (int) Math.max(2, Math.min(100_000, nodes / NODES_PER_PART));
    }

    /**
     * @param edges letters of pairs (a, b) of node numbers, 0 or more
     * @return letters of (node, label) for every node that has an edge to another, except those that are labels; the label is the
     *     smallest node of the component. Persisted
     */
    static JavaRDD<long[]> of(JavaRDD<long[]> edges, int parts) {
        JavaRDD<long[]> stars = edges;
        State state = null;
        while (true) {
            JavaRDD<long[]> next = smallStar(largeStar(stars, parts), parts).persist(StorageLevel.MEMORY_AND_DISK());
            State nextState = state(next);
            if (state != null) {
                stars.unpersist();
            }
            if (nextState.equals(state)) {
                return next;
            }
            stars = next;
            state = nextState;
        }
    }

    /** Larger neighbours of a node are joined to the smallest node of its neighbourhood. */
    private static JavaRDD<long[]> largeStar(JavaRDD<long[]> edges, int parts) {
        return sent(edges, parts, true).mapPartitions(letters -> stars(letters, false));
    }

    /** A node and its smaller neighbours are joined to the smallest of them. */
    private static JavaRDD<long[]> smallStar(JavaRDD<long[]> edges, int parts) {
        return sent(edges, parts, false).mapPartitions(letters -> stars(letters, true));
    }

    /** Each edge to its larger node, and to its smaller one too if asked for; first the node that it is sent to. */
    private static JavaRDD<long[]> sent(JavaRDD<long[]> edges, int parts, boolean both) {
        FlatMapFunction<Iterator<long[]>, Tuple2<Integer, long[]>> pack =
                letters -> new Outbox<>(Forest.of(letters).trees(), (edge, out) -> {
                    out.put(address(edge[0], parts), edge[0], edge[1]);
                    if (both) {
                        out.put(address(edge[1], parts), edge[1], edge[0]);
                    }
                });
        return Mail.deliver(edges.mapPartitions(pack), parts);
    }

    private static int address(long node, int parts) {
        return Mail.addressOf(MinHash.mix(node), parts);
    }

    /** @param small whether the neighbours of a node that are joined to its smallest one are the smaller ones and itself */
    private static Iterator<long[]> stars(Iterator<long[]> letters, boolean small) {
        Map<Long, List<Long>> neighbours = new HashMap<>();
        letters.forEachRemaining(letter -> {
            for (int i = 0; i < letter.length; i += EDGE) {
                neighbours
                        .computeIfAbsent(letter[i], unused -> new ArrayList<>())
                        .add(letter[i + 1]);
            }
        });
        return new Lazily<>(
                neighbours.entrySet().iterator(),
                entry -> star(entry.getKey(), entry.getValue(), small).iterator());
    }

    private static List<long[]> star(long node, List<Long> neighbours, boolean small) {
        long smallest = node;
        for (long neighbour : neighbours) {
            smallest = Math.min(smallest, neighbour);
        }
        List<long[]> edges = new ArrayList<>();
        if (small) {
            edges.add(new long[] {node, smallest});
        }
        for (long neighbour : neighbours) {
            if (neighbour != smallest && (small || neighbour > node)) {
                edges.add(new long[] {neighbour, smallest});
            }
        }
        return edges;
    }

    /** Equal for equal edges, but for a chance of 2^-64. */
    private record State(long edges, long sum) implements java.io.Serializable {
        State add(long[] letter) {
            long count = edges;
            long hashes = sum;
            for (int i = 0; i < letter.length; i += EDGE) {
                count++;
                hashes += MinHash.mix(MinHash.mix(letter[i]) ^ letter[i + 1]);
            }
            return new State(count, hashes);
        }

        State merge(State other) {
            return new State(edges + other.edges, sum + other.sum);
        }
    }

    private static State state(JavaRDD<long[]> edges) {
        return edges.aggregate(new State(0, 0), State::add, State::merge);
    }
}
