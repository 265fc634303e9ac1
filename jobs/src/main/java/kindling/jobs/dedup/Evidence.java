package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** What comparing a sample with all documents has shown so far. */
final class Evidence implements Serializable {
    private static final long serialVersionUID = 1;

    private final BitSet clustered = new BitSet(); // sampled documents that are not alone
    private final BitSet justified = new BitSet(); // those of them with a true partner in their cluster
    private long truePairs;
    private long foundPairs;
    private long clusteredPairs;

    /** A sampled document and another one, which are a true pair or in one cluster or both. */
    void add(int sampled, boolean truePair, boolean oneCluster) {
        truePairs += truePair ? 1 : 0;
        if (oneCluster) {
            clusteredPairs++;
            clustered.set(sampled);
            if (truePair) {
                foundPairs++;
                justified.set(sampled);
            }
        }
    }

    Evidence plus(Evidence other) {
        clustered.or(other.clustered);
        justified.or(other.justified);
        truePairs += other.truePairs;
        foundPairs += other.foundPairs;
        clusteredPairs += other.clusteredPairs;
        return this;
    }

    Map<String, Object> figures(int documents) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("documents", documents);
        figures.put("true_pairs", truePairs);
        figures.put("found_pairs", foundPairs);
        if (truePairs > 0) {
            figures.put("recall", (double) foundPairs / truePairs);
        }
        figures.put("clustered_documents", clustered.cardinality());
        figures.put("justified_documents", justified.cardinality());
        if (!clustered.isEmpty()) {
            figures.put("precision", (double) justified.cardinality() / clustered.cardinality());
        }
        figures.put("clustered_pairs", clusteredPairs);
        return figures;
    }
}
