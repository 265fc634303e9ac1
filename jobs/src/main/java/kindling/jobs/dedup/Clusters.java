package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Groups of two or more documents that say the same, each with the one that is kept. Groups lie where their label's part is. */
final class Clusters {
    private final JavaRDD<Cluster> clusters;
    private final int parts;

    /** @param labels (node, label) of every document that is in a cluster, in its part */
    Clusters(JavaRDD<Sketch> sketches, JavaRDD<long[]> labels, int parts, Keep keep) {
        this.parts = parts;
        FlatMapFunction2<Iterator<Sketch>, Iterator<long[]>, Tuple2<Integer, Member>> members = Clusters::members;
        clusters = Mail.deliver(sketches.zipPartitions(labels, members), parts)
                .mapPartitions(some -> clusters(some, keep))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** A document of a cluster. */
    record Member(long label, long node, String id, int length) implements Serializable {}

    /** @param others the members that are not kept */
    @SuppressWarnings("ArrayRecordComponent") // node numbers, read once
    private record Cluster(long kept, long[] others) implements Serializable {
        int size() {
            return others.length + 1;
        }
    }

    private static Iterator<Tuple2<Integer, Member>> members(Iterator<Sketch> sketches, Iterator<long[]> letters) {
        Map<Long, Long> labels = new HashMap<>();
        letters.forEachRemaining(letter -> {
            for (int i = 0; i < letter.length; i += 2) {
                labels.put(letter[i], letter[i + 1]);
            }
        });
        return new Lazily<>(sketches, sketch -> {
            Long label = labels.get(sketch.node());
            return label == null
                    ? Collections.emptyIterator()
                    : List.of(new Tuple2<>(
                                    Sketch.part(label), new Member(label, sketch.node(), sketch.id(), sketch.length())))
                            .iterator();
        });
    }

    private static Iterator<Cluster> clusters(Iterator<Member> members, Keep keep) {
        Map<Long, List<Member>> byLabel = new HashMap<>();
        members.forEachRemaining(member -> byLabel.computeIfAbsent(member.label, unused -> new ArrayList<>())
                .add(member));
        return byLabel.values().stream()
                .map(some -> cluster(some, keep.order()))
                .iterator();
    }

    private static Cluster cluster(List<Member> members, Comparator<Member> order) {
        long kept = Collections.min(members, order).node;
        long[] others = members.stream()
                .mapToLong(Member::node)
                .filter(node -> node != kept)
                .toArray();
        return new Cluster(kept, others);
    }

    /** Asks how similar each member is to the one that is kept. */
    JavaRDD<long[]> questions() {
        return Mail.send(clusters, parts, (cluster, out) -> {
            for (long other : cluster.others) {
                Comparison.ask(out, other, cluster.kept);
            }
        });
    }

    Sizes sizes() {
        return clusters.map(Cluster::size).aggregate(new Sizes(), Sizes::add, Sizes::merge);
    }

    void unpersist() {
        clusters.unpersist();
    }

    /** How many clusters of which size there are. */
    static final class Sizes implements Serializable {
        private static final long serialVersionUID = 1;

        private final TreeMap<Integer, Long> counts = new TreeMap<>();
        private long clusters;
        private long documents;
        private int largest;

        private Sizes add(int size) {
            counts.merge(size <= 3 ? size : Integer.highestOneBit(size), 1L, Long::sum);
            clusters++;
            documents += size;
            largest = Math.max(largest, size);
            return this;
        }

        private Sizes merge(Sizes other) {
            other.counts.forEach((size, count) -> counts.merge(size, count, Long::sum));
            clusters += other.clusters;
            documents += other.documents;
            largest = Math.max(largest, other.largest);
            return this;
        }

        /** For the report: sizes 2 and 3, then 4 to 7 under 4, 8 to 15 under 8, and so on. */
        Map<String, Object> figures() {
            Map<String, Object> figures = new TreeMap<>();
            figures.put("count", clusters);
            figures.put("documents_in_clusters", documents);
            figures.put("largest", largest);
            figures.put("sizes", counts);
            return figures;
        }
    }
}
