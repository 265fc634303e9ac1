package kindling.jobs.train;

import kindling.jobs.io.TokenShards;
import kindling.model.Batch;

/**
 * Token shards cut into sequences of T + 1 ids, each starting where the one before predicted last. Sequences do not cross from
 * one shard into the next; the last ids of a shard, fewer than T, are left out.
 *
 * @param length T
 */
public record Windows(TokenShards shards, int length) implements Examples {
    @Override
    public long size() {
        return shards.counts().stream().mapToLong(this::windows).sum();
    }

    private long windows(long ids) {
        return Math.max(0, ids - 1) / length;
    }

    @Override
    public Reader open() {
        TokenShards.Reader reader = shards.reader();
        return new Reader() {
            @Override
            public Batch batch(long[] numbers) {
                int[][] sequences = new int[numbers.length][];
                for (int row = 0; row < numbers.length; row++) {
                    sequences[row] = sequence(reader, numbers[row]);
                }
                return Batch.of(sequences);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private int[] sequence(TokenShards.Reader reader, long number) {
        long left = number;
        int shard = 0;
        while (left >= windows(shards.counts().get(shard))) {
            left -= windows(shards.counts().get(shard));
            shard++;
        }
        return reader.ids(shard, left * length, length + 1);
    }
}
