package kindling.jobs.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * The documents that go: where they lie in their shards, and where that leaves the others. A question takes time logarithmic in the documents
 * of a shard that go.
 *
 * @param gone by shard
 */
record Takedown(TreeMap<Integer, Gone> gone) implements Serializable {
    /**
     * What goes of a shard.
     *
     * @param starts of the documents, ascending
     * @param sums ids in the documents before each, and behind the last one in all
     */
    @SuppressWarnings("ArrayRecordComponent") // asked for each document of an index; never compared
    record Gone(long[] starts, long[] sums) implements Serializable {
        private static final Gone NONE = new Gone(new long[0], new long[1]);

        private static Gone of(SortedMap<Long, Long> ends) {
            long[] starts = ends.keySet().stream().mapToLong(Long::longValue).toArray();
            long[] sums = new long[starts.length + 1];
            for (int i = 0; i < starts.length; i++) {
                sums[i + 1] = sums[i] + ends.get(starts[i]) - starts[i];
            }
            return new Gone(starts, sums);
        }

        private boolean has(long start) {
            return Arrays.binarySearch(starts, start) >= 0;
        }

        private long before(long position) {
            int found = Arrays.binarySearch(starts, position);
            return sums[found < 0 ? -found - 1 : found];
        }
    }

    /** @param rows of {@link TokenShards#INDEX}: the documents that go */
    static Takedown of(List<Row> rows) {
        TreeMap<Integer, TreeMap<Long, Long>> ends = new TreeMap<>();
        for (Row row : rows) {
            ends.computeIfAbsent(row.getInt(1), shard -> new TreeMap<>()).put(row.getLong(2), row.getLong(3));
        }
        TreeMap<Integer, Gone> gone = new TreeMap<>();
        ends.forEach((shard, documents) -> gone.put(shard, Gone.of(documents)));
        return new Takedown(gone);
    }

    /** The shards that hold some, in their order. */
    List<Integer> shards() {
        return List.copyOf(gone.keySet());
    }

    boolean has(int shard, long start) {
        return gone.getOrDefault(shard, Gone.NONE).has(start);
    }

    /** How many ids go before a position of a shard. */
    long before(int shard, long position) {
        return gone.getOrDefault(shard, Gone.NONE).before(position);
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
        if (ends.length - staying.size() != gone.get(shard).starts().length) {
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
