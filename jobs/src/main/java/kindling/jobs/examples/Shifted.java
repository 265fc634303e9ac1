package kindling.jobs.examples;

import java.util.function.LongUnaryOperator;
import kindling.jobs.shard.ShardReader;
import kindling.jobs.shard.TokenShards;
import kindling.model.Batch;
import kindling.prep.shard.Sequences;

/**
 * The sequences of a stream, each time from another place: a window comes once in an epoch, as in {@link Windows}, and starts at a drawn one of its T
 * places. A model that reads a text more than once does not see the same sequences again; an id is predicted once an epoch on average, not exactly.
 *
 * <p>A sequence's number is that of its window, times T, plus the place.
 *
 * @param windows of {@link kindling.prep.shard.Packing#STREAM}
 */
public record Shifted(Windows windows) implements Examples {
    @Override
    public long size() {
        return windows.size();
    }

    @Override
    public LongUnaryOperator order(long seed) {
        Order order = new Order(seed, size());
        int length = windows.length();
        long key = Order.mix(~seed);
        return position -> order.at(position) * length + Long.remainderUnsigned(Order.mix(key + position), length);
    }

    @Override
    public Reader open() {
        ShardReader reader = windows.shards().reader();
        RecentShards<long[]> ends = new RecentShards<>(reader::ends);
        return new Reader() {
            @Override
            public Batch batch(long[] numbers) {
                Rows rows = new Rows(numbers.length, windows.length());
                for (int row = 0; row < numbers.length; row++) {
                    read(reader, ends, numbers[row], rows, row);
                }
                return rows.batch();
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private void read(ShardReader reader, RecentShards<long[]> ends, long number, Rows rows, int row) {
        TokenShards shards = windows.shards();
        int length = windows.length();
        long window = number / length;
        int shard = 0;
        while (window >= windows.sizes().get(shard)) {
            window -= windows.sizes().get(shard);
            shard++;
        }
        long last = shards.shards().get(shard).tokens() - length - 1; // where the last whole sequence starts
        long from = Math.min(window * length + number % length, last);
        int at = rows.start(row);
        rows.put(reader.ids(shard, from, length + 1), at);
        Sequences.number(ends.of(shard), from, length, 0, rows.documents(), at);
    }
}
