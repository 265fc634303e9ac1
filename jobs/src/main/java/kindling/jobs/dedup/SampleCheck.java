package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import kindling.prep.dedup.MinHash;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * How good the clusters of this very run are: a sample of documents is compared exactly with all documents, whatever bands they
 * share. The sample are the documents with the smallest hash of seed and id, so it is the same on every run, but no more than a few
 * of one cluster, which could otherwise fill it.
 */
final class SampleCheck {
    private static final int DOCUMENTS = 500; // a few per cent of a run's time
    private static final int DOCUMENTS_OF_ONE_CLUSTER = 8;

    private SampleCheck() {}

    /**
     * A document with its cluster.
     *
     * @param cluster the node that is kept; itself for a document that is alone
     */
    record Placed(Sketch sketch, long cluster) implements Serializable {}

    private record Draw(long number, Placed document) implements Comparable<Draw>, Serializable {
        @Override
        public int compareTo(Draw other) {
            int byNumber = Long.compare(number, other.number);
            return byNumber != 0 ? byNumber : document.sketch.id().compareTo(other.document.sketch.id());
        }
    }

    /**
     * For the report. A pair is true when the texts are equal, where those are looked for, or the Jaccard similarity reaches the
     * threshold. {@code recall} is the share of true pairs with a sampled document that are in one cluster; {@code precision} the
     * share of sampled documents in clusters that make a true pair with a member of theirs, without which they would have no
     * business there.
     *
     * @param documents all of them
     */
    static Map<String, Object> of(JavaRDD<Placed> documents, Duplicates.Options options) {
        SampleIndex index = new SampleIndex(sample(documents, options.seed()), options);
        Broadcast<SampleIndex> shared =
                JavaSparkContext.fromSparkContext(documents.context()).broadcast(index);
        Evidence evidence = documents
                .mapPartitions(some -> {
                    Evidence found = new Evidence();
                    some.forEachRemaining(document -> shared.value().compare(document, found));
                    return List.of(found).iterator();
                })
                .fold(new Evidence(), Evidence::plus);
        shared.destroy();
        return evidence.figures(index.size());
    }

    private static List<Placed> sample(JavaRDD<Placed> documents, long seed) {
        TreeSet<Draw> drawn = documents
                .mapPartitions(some -> {
                    TreeSet<Draw> smallest = new TreeSet<>();
                    some.forEachRemaining(document -> add(smallest, new Draw(draw(seed, document), document)));
                    return List.of(smallest).iterator();
                })
                .fold(new TreeSet<>(), (a, b) -> {
                    b.forEach(draw -> add(a, draw));
                    return a;
                });
        List<Placed> sample = new ArrayList<>();
        Map<Long, Integer> ofCluster = new HashMap<>();
        for (Draw draw : drawn) {
            if (ofCluster.merge(draw.document.cluster, 1, Integer::sum) <= DOCUMENTS_OF_ONE_CLUSTER) {
                sample.add(draw.document);
            }
        }
        return sample;
    }

    private static void add(NavigableSet<Draw> smallest, Draw draw) {
        if (smallest.size() < DOCUMENTS || draw.compareTo(smallest.last()) < 0) {
            smallest.add(draw);
        }
        if (smallest.size() > DOCUMENTS) {
            smallest.pollLast();
        }
    }

    private static long draw(long seed, Placed document) {
        long hash = MinHash.mix(seed);
        String id = document.sketch.id();
        for (int i = 0; i < id.length(); i++) {
            hash = MinHash.mix(hash ^ id.charAt(i));
        }
        return hash;
    }
}
