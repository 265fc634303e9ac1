package kindling.jobs.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kindling.jobs.shard.ShardReader;
import kindling.jobs.shard.TokenShards;
import kindling.model.Batch;
import kindling.prep.shard.Packing;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Token shards cut into sequences of T positions, as a {@link Packing} says; none crosses from one shard into the next. They are numbered shard
 * after shard.
 *
 * @param length T
 * @param sizes sequences of each shard
 */
public record Windows(TokenShards shards, Packing packing, int length, List<Long> sizes) implements Examples {
    public Windows {
        sizes = List.copyOf(sizes);
    }

    /** Sequences of the ids as they lie there, each starting where the one before predicted last: {@link Packing#STREAM}. */
    public static Windows stream(TokenShards shards, int length) {
        List<Long> sizes = shards.shards().stream()
                .map(shard -> Packing.size(shard.tokens(), length))
                .toList();
        return new Windows(shards, Packing.STREAM, length, sizes);
    }

    /** Packs each shard once, on executors, to know how many sequences there are. */
    public static Windows of(JavaSparkContext context, TokenShards shards, Packing packing, int length) {
        if (packing == Packing.STREAM || shards.shards().isEmpty()) {
            return stream(shards, length);
        }
        List<Integer> numbers =
                IntStream.range(0, shards.shards().size()).boxed().toList();
        List<Long> sizes = context.parallelize(numbers, numbers.size())
                .map(shard -> size(shards, shard, packing, length))
                .collect();
        return new Windows(shards, packing, length, new ArrayList<>(sizes));
    }

    private static long size(TokenShards shards, int shard, Packing packing, int length) {
        try (ShardReader reader = shards.reader()) {
            return packing.sequences(reader.ends(shard), length).size();
        }
    }

    @Override
    public long size() {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public Reader open() {
        WindowReader reader = new WindowReader(this);
        return new Reader() {
            @Override
            public Batch batch(long[] numbers) {
                Rows rows = new Rows(numbers.length, length);
                for (int row = 0; row < numbers.length; row++) {
                    reader.read(numbers[row], rows, row);
                }
                return rows.batch();
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
