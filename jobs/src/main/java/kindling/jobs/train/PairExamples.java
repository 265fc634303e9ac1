package kindling.jobs.train;

import java.util.Arrays;
import kindling.jobs.shard.ShardReader;
import kindling.jobs.shard.TokenShards;
import kindling.model.Batch;

/**
 * (prompt, completion) pairs in token shards, as records of one length: number of prompt ids, number of ids, the ids, zeros.
 *
 * @param length T: a pair has at most T + 1 ids
 * @param padId fills rows that are shorter than the longest of their batch; never a target
 */
public record PairExamples(TokenShards shards, int length, int padId) implements Examples {
    private static final int HEAD = 2;

    /** The record of a pair. */
    public static int[] record(int[] prompt, int[] completion, int length) {
        int[] record = new int[recordLength(length)];
        record[0] = prompt.length;
        record[1] = prompt.length + completion.length;
        System.arraycopy(prompt, 0, record, HEAD, prompt.length);
        System.arraycopy(completion, 0, record, HEAD + prompt.length, completion.length);
        return record;
    }

    /** Ids in a record. */
    public static int recordLength(int length) {
        return HEAD + length + 1;
    }

    @Override
    public long size() {
        return shards.tokens() / recordLength(length);
    }

    @Override
    public Reader open() {
        ShardReader reader = shards.reader();
        return new Reader() {
            @Override
            public Batch batch(long[] numbers) {
                int[][] prompts = new int[numbers.length][];
                int[][] completions = new int[numbers.length][];
                for (int row = 0; row < numbers.length; row++) {
                    int[] record = record(reader, numbers[row]);
                    prompts[row] = Arrays.copyOfRange(record, HEAD, HEAD + record[0]);
                    completions[row] = Arrays.copyOfRange(record, HEAD + record[0], HEAD + record[1]);
                }
                return Batch.ofPairs(prompts, completions, padId);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private int[] record(ShardReader reader, long number) {
        long left = number * recordLength(length);
        int shard = 0;
        while (left >= shards.shards().get(shard).tokens()) {
            left -= shards.shards().get(shard).tokens();
            shard++;
        }
        return reader.ids(shard, left, recordLength(length));
    }
}
