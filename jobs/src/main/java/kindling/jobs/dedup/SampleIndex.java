package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A sample of documents by their shingles, texts and clusters, to compare any document with all of them at once. */
final class SampleIndex implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int FILTER_WORDS = 1 << 16; // 512 KiB

    private final long[] nodes;
    private final int[] sizes; // shingles of each
    private final Map<Long, List<Integer>> byCluster = new HashMap<>();
    private final Map<List<Long>, List<Integer>> byText = new HashMap<>();
    private final double threshold;
    // The table: a slot holds a shingle and where its documents begin in `postings`, which a negative number ends.
    private final long[] slots;
    private final int[] starts;
    private final int[] postings;
    private final long[] filter =
            new long[FILTER_WORDS]; // a bit for each shingle: most questions end here, in the cache

    SampleIndex(List<SampleCheck.Placed> sample, Duplicates.Options options) {
        threshold = options.threshold();
        nodes = sample.stream().mapToLong(document -> document.sketch().node()).toArray();
        sizes = sample.stream()
                .mapToInt(document -> document.sketch().shingles().length)
                .toArray();
        Map<Long, List<Integer>> byShingle = new HashMap<>();
        for (int i = 0; i < nodes.length; i++) {
            Sketch sketch = sample.get(i).sketch();
            put(byCluster, sample.get(i).cluster(), i);
            if (options.exact()) {
                put(byText, text(sketch), i);
            }
            for (long shingle : sketch.shingles()) {
                put(byShingle, shingle, i);
            }
        }
        slots = new long[Math.max(2, 4 * Integer.highestOneBit(byShingle.size()))];
        starts = new int[slots.length];
        postings = postings(byShingle);
    }

    private int[] postings(Map<Long, List<Integer>> byShingle) {
        int[] all = new int
                [1
                        + byShingle.values().stream()
                                .mapToInt(documents -> documents.size() + 1)
                                .sum()];
        int next = 1; // a start of 0 is an empty slot
        for (var entry : byShingle.entrySet()) {
            int slot = slot(entry.getKey());
            filter[filterWord(entry.getKey())] |= 1L << entry.getKey();
            slots[slot] = entry.getKey();
            starts[slot] = next;
            for (int document : entry.getValue()) {
                all[next++] = document;
            }
            all[next++] = -1;
        }
        return all;
    }

    private static <K> void put(Map<K, List<Integer>> lists, K key, int document) {
        lists.computeIfAbsent(key, unused -> new ArrayList<>()).add(document);
    }

    private static List<Long> text(Sketch sketch) {
        return List.of(sketch.fingerprint()[0], sketch.fingerprint()[1]);
    }

    /** Where a shingle is, or would be. */
    private int slot(long shingle) {
        int slot = (int) shingle & slots.length - 1;
        while (starts[slot] != 0 && slots[slot] != shingle) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** How many documents the sample has. */
    int size() {
        return nodes.length;
    }

    private static int filterWord(long shingle) {
        return (int) (shingle >>> 32) & FILTER_WORDS - 1; // the lowest six bits are the place in the word
    }

    /** Adds what a document shows about each document of the sample. */
    void compare(SampleCheck.Placed document, Evidence evidence) {
        Sketch sketch = document.sketch();
        Map<Integer, Integer> shared = shared(sketch.shingles());
        List<Integer> equal = byText.getOrDefault(text(sketch), List.of());
        List<Integer> together = byCluster.getOrDefault(document.cluster(), List.of());
        TreeSet<Integer> partners = new TreeSet<>(shared.keySet());
        partners.addAll(equal);
        partners.addAll(together);
        for (int i : partners) {
            boolean truePair = equal.contains(i) || isSimilar(i, shared.getOrDefault(i, 0), sketch.shingles().length);
            if (nodes[i] != sketch.node()) {
                evidence.add(i, truePair, together.contains(i));
            }
        }
    }

    /** How many shingles each document of the sample has in common with these. */
    private Map<Integer, Integer> shared(long[] shingles) {
        Map<Integer, Integer> shared = new HashMap<>();
        for (long shingle : shingles) {
            if ((filter[filterWord(shingle)] >>> shingle & 1) != 0) {
                for (int i = starts[slot(shingle)]; i != 0 && postings[i] >= 0; i++) {
                    shared.merge(postings[i], 1, Integer::sum);
                }
            }
        }
        return shared;
    }

    private boolean isSimilar(int sampled, int shared, int size) {
        double union = sizes[sampled] + size - shared;
        return shared > 0 && shared / union >= threshold;
    }
}
