package kindling.jobs.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The documents that go: where they lie in their shards, and where that leaves the others.
 *
 * @param gone by shard and start, the end of each
 */
record Takedown(TreeMap<Integer, TreeMap<Long, Long>> gone) implements Serializable {
    /** Adds a document. */
    void add(int shard, long start, long end) {
        gone.computeIfAbsent(shard, number -> new TreeMap<>()).put(start, end);
    }

    /** The shards that hold some, in their order. */
    List<Integer> shards() {
        return List.copyOf(gone.keySet());
    }

    long documents() {
        return gone.values().stream().mapToLong(Map::size).sum();
    }

    boolean has(int shard, long start) {
        return gone.getOrDefault(shard, new TreeMap<>()).containsKey(start);
    }

    /** How many ids go before a position of a shard. */
    long before(int shard, long position) {
        return gone.getOrDefault(shard, new TreeMap<>()).headMap(position).entrySet().stream()
                .mapToLong(document -> document.getValue() - document.getKey())
                .sum();
    }

    /**
     * The documents of a shard that stay.
     *
     * @throws IllegalStateException when the index knows a document that the shard does not have
     */
    Iterator<Encoded> staying(int shard, ShardReader reader) {
        long[] ends = reader.ends(shard);
        List<Integer> staying = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            if (!has(shard, start(ends, i))) {
                staying.add(i);
            }
        }
        if (ends.length - staying.size() != gone.get(shard).size()) {
            throw new IllegalStateException("shard %d and index.parquet disagree: run kindling check".formatted(shard));
        }
        return staying.stream()
                .map(i -> Encoded.of("", reader.bytes(shard, start(ends, i), (int) (ends[i] - start(ends, i)))))
                .iterator();
    }

    private static long start(long[] ends, int document) {
        return document == 0 ? 0 : ends[document - 1];
    }
}
