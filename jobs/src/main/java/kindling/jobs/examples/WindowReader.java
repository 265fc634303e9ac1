package kindling.jobs.examples;

import java.util.Arrays;
import kindling.jobs.shard.ShardReader;
import kindling.prep.shard.Sequences;

/** Reads {@link Windows} by number; for one thread. Remembers how the shards that it read last are packed. */
final class WindowReader implements AutoCloseable {
    private final Windows windows;
    private final ShardReader reader;
    private final long[] behind; // by shard: the number behind its last sequence
    private final RecentShards<Packed> packed = new RecentShards<>(this::pack);

    @SuppressWarnings("ArrayRecordComponent") // what inner loops read; never compared
    private record Packed(long[] ends, Sequences sequences) {}

    WindowReader(Windows windows) {
        this.windows = windows;
        this.reader = windows.shards().reader();
        this.behind = windows.sizes().stream().mapToLong(Long::longValue).toArray();
        Arrays.parallelPrefix(behind, Long::sum);
    }

    /** Reads a sequence into a row. */
    void read(long number, Rows rows, int row) {
        int shard = shard(number);
        int local = (int) (number - (shard == 0 ? 0 : behind[shard - 1]));
        Packed packing = packed.of(shard);
        Sequences sequences = packing.sequences;
        int at = rows.start(row);
        int document = 0;
        for (int piece = sequences.first()[local]; piece < sequences.first()[local + 1]; piece++) {
            long from = sequences.from()[piece];
            int positions = sequences.positions()[piece];
            rows.put(reader.ids(shard, from, positions + 1), at);
            document = Sequences.number(packing.ends, from, positions, document, rows.documents(), at);
            at += positions;
        }
        Arrays.fill(rows.documents(), at, rows.start(row + 1), document);
    }

    private int shard(long number) {
        int found = Arrays.binarySearch(behind, number + 1);
        int shard = found < 0 ? -found - 1 : found;
        while (shard > 0 && behind[shard - 1] == behind[shard]) {
            shard--; // shards without sequences
        }
        return shard;
    }

    private Packed pack(int shard) {
        long[] ends = reader.ends(shard);
        return new Packed(ends, windows.packing().sequences(ends, windows.length()));
    }

    @Override
    public void close() {
        reader.close();
    }
}
