package kindling.jobs.examples;

import java.util.Arrays;

/**
 * The order of a mixture's sequences, as a function of (seed, position). In an epoch each corpus c comes exactly n_c times, evenly: of n_c
 * sequences, floor(n_c b / B) come before block b of B, blocks being about {@value #BLOCK} positions. Within a block corpora come in a seeded
 * permutation; within a corpus each repetition is a new {@link Order}, so that reads stay near each other. O(corpora log positions) each.
 *
 * @param sizes sequences of each corpus; they are numbered corpus after corpus
 * @param counts n, how many of each an epoch has
 */
@SuppressWarnings("ArrayRecordComponent") // a few numbers that are read for each position; never compared
record MixedOrder(long seed, long[] sizes, long[] counts) {
    static final int BLOCK = 64; // so short that any two thousand positions have each corpus' share to a percent

    /** The number of the sequence at a position that counts on through the epochs. */
    long at(long position) {
        long all = Arrays.stream(counts).sum();
        long blocks = (all + BLOCK - 1) / BLOCK;
        long epoch = position / all;
        long place = position % all;
        long block = block(place, blocks);
        long start = start(block, blocks);
        long key = Order.mix(Order.mix(seed ^ Order.mix(epoch)) + block);
        long within = Order.permute(place - start, start(block + 1, blocks) - start, key);
        long offset = 0;
        for (int c = 0; c < counts.length; c++) {
            long before = before(c, block, blocks);
            long here = before(c, block + 1, blocks) - before;
            if (within < here) {
                long seen = epoch * counts[c] + before + within;
                return offset + new Order(Order.mix(seed + c), sizes[c]).at(seen);
            }
            within -= here;
            offset += sizes[c];
        }
        throw new AssertionError("block %d has no position %d".formatted(block, place));
    }

    /** The last block that starts at or before a place. */
    private long block(long place, long blocks) {
        long low = 0;
        long high = blocks;
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (start(middle, blocks) <= place) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long start(long block, long blocks) {
        long start = 0;
        for (int c = 0; c < counts.length; c++) {
            start += before(c, block, blocks);
        }
        return start;
    }

    /** floor(n_c b / B), without a product that overflows. */
    private long before(int c, long block, long blocks) {
        return counts[c] / blocks * block + counts[c] % blocks * block / blocks;
    }
}
