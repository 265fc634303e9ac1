package kindling.jobs.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import kindling.prep.dedup.MinHash;
import kindling.prep.dedup.Shingles;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Documents that share a band of their signature, and which of them are to be compared. Comparing all with all would be quadratic
 * where thousands of documents are nearly the same; comparing all with one alone would miss. So it goes in rounds: the first document
 * of a bucket is compared with all others; whoever is not in one cluster yet is compared with the next four, then 16, 64, 256. It is
 * over as soon as the documents left in a bucket are of one cluster, because then further pairs could join nothing: the clusters are
 * those of all pairs, and of n nearly equal documents about n pairs are compared. Only what a bucket of more than 341 documents
 * holds apart after the last round is not compared; {@link #pairsLeft} counts it.
 *
 * <p>A bucket is one record of 8 bytes a document, in the order of what documents say, so that it does not matter how they lie.
 */
final class Buckets {
    /** Documents of each bucket that are compared with all others, by round. */
    private static final List<Integer> HEADS = List.of(1, 4, 16, 64, 256);

    static final int ROUNDS = HEADS.size();

    private final JavaRDD<long[]> buckets;
    private final int parts;
    private final int bucketParts;

    /** @param parts of the sketches */
    Buckets(JavaRDD<Sketch> sketches, int parts, int bucketParts, Duplicates.Options options) {
        this.parts = parts;
        this.bucketParts = bucketParts;
        Function2<Integer, Iterator<Sketch>, Iterator<Tuple2<Integer, long[]>>> bands =
                (part, some) -> bands(some, bucketParts, options);
        buckets = Mail.deliver(sketches.mapPartitionsWithIndex(bands, true), bucketParts)
                .mapPartitions(Buckets::buckets)
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Of documents with equal shingles, one in each part is enough: the others are duplicates by that. */
    private static Iterator<Tuple2<Integer, long[]>> bands(
            Iterator<Sketch> sketches, int bucketParts, Duplicates.Options options) {
        MinHash minHash = new MinHash(options.banding(), options.seed());
        Set<Long> seen = new HashSet<>();
        return new Outbox<>(sketches, (sketch, out) -> {
            long content = Shingles.fingerprint(sketch.shingles())[0];
            if (sketch.shingles().length > 0 && seen.add(content)) {
                for (long key : minHash.bandKeys(minHash.signature(sketch.shingles()))) {
                    out.put(Mail.addressOf(key, bucketParts), key, content, sketch.node());
                }
            }
        });
    }

    private static Iterator<long[]> buckets(Iterator<long[]> letters) {
        return Entry.groups(letters).stream()
                .map(Buckets::oneOfEachContent)
                .filter(bucket -> bucket.length > 1)
                .iterator();
    }

    private static long[] oneOfEachContent(List<Entry> sorted) {
        long[] nodes = new long[sorted.size()];
        int size = 0;
        for (int i = 0; i < nodes.length; i++) {
            if (i == 0 || sorted.get(i).content() != sorted.get(i - 1).content()) {
                nodes[size++] = sorted.get(i).node();
            }
        }
        return Arrays.copyOf(nodes, size);
    }

    void unpersist() {
        buckets.unpersist();
    }

    /** What {@link Comparison} is to compare in the first round. */
    JavaRDD<long[]> firstQuestions() {
        return Mail.send(buckets, parts, (bucket, out) -> {
            for (int i = 1; i < bucket.length; i++) {
                Comparison.ask(out, bucket[i], bucket[0]);
            }
        });
    }

    /**
     * What is to be compared in a later round.
     *
     * @param round 1 or more
     * @param labels (node, label) of those that are in clusters so far, each in its part
     */
    JavaRDD<long[]> questions(int round, JavaRDD<long[]> labels) {
        int from = compared(round);
        int heads = HEADS.get(round);
        return Mail.send(labelled(from, labels), parts, (bucket, out) -> bucket.ask(from, heads, out));
    }

    /** Pairs that share a bucket, are in different clusters and were not compared in it, each counted in each bucket. */
    long pairsLeft(JavaRDD<long[]> labels) {
        int from = compared(HEADS.size());
        return labelled(from, labels).map(bucket -> bucket.pairs(from)).fold(0L, Long::sum);
    }

    /** Documents at the head of each bucket that earlier rounds compared with all others. */
    private static int compared(int round) {
        return HEADS.subList(0, round).stream().mapToInt(Integer::intValue).sum();
    }

    private JavaRDD<Labelled> labelled(int from, JavaRDD<long[]> labels) {
        Function2<Integer, Iterator<long[]>, Iterator<Tuple2<Integer, long[]>>> ask = (at, some) -> {
            Set<Long> asked = new HashSet<>();
            return new Outbox<>(some, (bucket, out) -> {
                for (int i = from; i < bucket.length && bucket.length > from + 1; i++) {
                    if (asked.add(bucket[i])) {
                        out.put(Sketch.part(bucket[i]), bucket[i], at);
                    }
                }
            });
        };
        JavaRDD<long[]> requests = Mail.deliver(buckets.mapPartitionsWithIndex(ask, true), parts);
        FlatMapFunction2<Iterator<long[]>, Iterator<long[]>, Tuple2<Integer, long[]>> answer =
                (some, known) -> new Outbox<>(some, answers(pairs(known)));
        JavaRDD<long[]> answers = Mail.deliver(requests.zipPartitions(labels, answer), bucketParts);
        FlatMapFunction2<Iterator<long[]>, Iterator<long[]>, Labelled> join =
                (some, known) -> labelled(from, some, pairs(known));
        return buckets.zipPartitions(answers, join);
    }

    private static BiConsumer<long[], Outbox<long[]>> answers(Map<Long, Long> labels) {
        return (letter, out) -> {
            for (int i = 0; i < letter.length; i += 2) {
                Long label = labels.get(letter[i]);
                if (label != null) {
                    out.put((int) letter[i + 1], letter[i], label);
                }
            }
        };
    }

    private static Map<Long, Long> pairs(Iterator<long[]> letters) {
        Map<Long, Long> map = new HashMap<>();
        letters.forEachRemaining(letter -> {
            for (int i = 0; i < letter.length; i += 2) {
                map.put(letter[i], letter[i + 1]);
            }
        });
        return map;
    }

    private static Iterator<Labelled> labelled(int from, Iterator<long[]> buckets, Map<Long, Long> labels) {
        List<Labelled> open = new ArrayList<>();
        buckets.forEachRemaining(nodes -> {
            if (nodes.length > from + 1) {
                long[] of = new long[nodes.length];
                for (int i = from; i < of.length; i++) {
                    of[i] = labels.getOrDefault(nodes[i], nodes[i]);
                }
                open.add(new Labelled(nodes, of));
            }
        });
        return open.iterator();
    }

    /** A bucket with the cluster that each document is in so far. */
    @SuppressWarnings("ArrayRecordComponent") // made and used in one task
    private record Labelled(long[] nodes, long[] labels) {
        void ask(int from, int heads, Outbox<Labelled> out) {
            for (int i = from; i < Math.min(from + heads, nodes.length); i++) {
                for (int j = i + 1; j < nodes.length; j++) {
                    if (labels[i] != labels[j]) {
                        Comparison.ask(out, nodes[j], nodes[i]);
                    }
                }
            }
        }

        /** Pairs of different labels: all pairs but those of one label. */
        long pairs(int from) {
            Map<Long, Long> sizes = new HashMap<>();
            for (int i = from; i < labels.length; i++) {
                sizes.merge(labels[i], 1L, Long::sum);
            }
            long all = (long) labels.length - from;
            long same = sizes.values().stream().mapToLong(size -> size * size).sum();
            return (all * all - same) / 2;
        }
    }
}
