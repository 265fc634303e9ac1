package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Which documents are joined, and the components that this makes: equal ones first, then rounds of comparing what shares a bucket
 * and is not joined yet, until a round finds nothing to compare.
 */
final class Edges {
    private static final long BAND_ROWS_PER_PART = 250_000; // 6 MB of letters; a task of a tenth of a second

    private final JavaRDD<Sketch> sketches;
    private final Comparison comparison;
    private final Duplicates.Options options;
    private final long documents;
    private final int parts;
    private final int componentParts;
    private JavaRDD<long[]> joined; // all edges so far: what earlier rounds joined as stars
    private Count compared = new Count(0, 0);
    private long pairsLeft;

    Edges(JavaRDD<Sketch> sketches, Comparison comparison, Duplicates.Options options) {
        this.sketches = sketches;
        this.comparison = comparison;
        this.options = options;
        parts = sketches.getNumPartitions();
        documents = sketches.count();
        componentParts = Components.parts(documents);
        joined = JavaSparkContext.fromSparkContext(sketches.context()).emptyRDD();
    }

    /** Pairs that were compared, and those of them that are similar enough. */
    private record Count(long pairs, long similar) implements Serializable {
        Count plus(Count other) {
            return new Count(pairs + other.pairs, similar + other.similar);
        }
    }

    /** (node, label) of every document that is joined to another, each in its part; called once. */
    JavaRDD<long[]> labels() {
        if (options.exact()) {
            joined = joined.union(Twins.ofTexts(sketches, componentParts));
        }
        if (options.similar()) {
            joined = joined.union(Twins.ofShingles(sketches, componentParts));
            compareBuckets();
        } else {
            joined = Components.of(joined, componentParts);
        }
        return atNodes();
    }

    private void compareBuckets() {
        int bucketParts = (int)
                Math.max(2, Math.min(100_000, documents * options.banding().bands() / BAND_ROWS_PER_PART));
        Buckets buckets = new Buckets(sketches, parts, bucketParts, options);
        join(buckets.firstQuestions());
        boolean open = true;
        for (int round = 1; open && round < Buckets.ROUNDS; round++) {
            open = join(buckets.questions(round, atNodes()));
        }
        pairsLeft = open ? buckets.pairsLeft(atNodes()) : 0;
        buckets.unpersist();
    }

    /** Compares what is asked for, and joins what is similar enough; false if nothing was asked. */
    private boolean join(JavaRDD<long[]> questions) {
        double threshold = options.threshold();
        JavaRDD<Comparison.Pair> pairs = comparison.of(questions).persist(StorageLevel.MEMORY_AND_DISK());
        Count count = pairs.aggregate(
                new Count(0, 0),
                (sum, pair) -> sum.plus(new Count(1, pair.similarity() >= threshold ? 1 : 0)),
                Count::plus);
        compared = compared.plus(count);
        JavaRDD<long[]> before = joined;
        joined = Components.of(
                joined.union(pairs.filter(pair -> pair.similarity() >= threshold)
                        .map(pair -> new long[] {pair.member(), pair.head()})),
                componentParts);
        before.unpersist();
        pairs.unpersist();
        return count.pairs > 0;
    }

    private JavaRDD<long[]> atNodes() {
        return Mail.send(joined, parts, (letter, out) -> {
            for (int i = 0; i < letter.length; i += 2) {
                out.put(Sketch.part(letter[i]), letter[i], letter[i + 1]);
                out.put(Sketch.part(letter[i + 1]), letter[i + 1], letter[i + 1]);
            }
        });
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (options.similar()) {
            figures.put("candidate_pairs", compared.pairs);
            figures.put("verified_pairs", compared.similar);
            figures.put("skipped_pairs", pairsLeft);
            figures.put("bands", options.banding().bands());
            figures.put("rows", options.banding().rows());
        }
        return figures;
    }
}
