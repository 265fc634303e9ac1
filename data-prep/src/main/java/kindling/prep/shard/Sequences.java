package kindling.prep.shard;

import java.util.Arrays;

/**
 * The training sequences of a shard, each T positions made of one or more pieces. A piece of n positions is n + 1 ids in a row: the first n
 * are inputs, the last n are what is predicted from them. Positions that no piece takes are padding.
 *
 * @param from where each piece starts in the shard, in ids
 * @param positions n of each piece
 * @param first the first piece of each sequence, and behind the last one the number of pieces
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers that inner loops read; never compared
public record Sequences(long[] from, int[] positions, int[] first) {
    /** How many sequences there are. */
    public int size() {
        return first.length - 1;
    }

    /**
     * Numbers the documents that the positions of a piece belong to, counting on from {@code number}: attention may stay within a number.
     *
     * @param ends of the shard's documents
     * @param documents takes a number for each position, from {@code at} on
     * @return the number after the last one
     */
    public static int number(long[] ends, long from, int positions, int number, int[] documents, int at) {
        int document = Arrays.binarySearch(ends, from + 1);
        int current = document < 0 ? -document - 1 : document;
        int last = number;
        for (int t = 0; t < positions; t++) {
            if (from + t >= ends[current]) {
                current++;
                last++;
            }
            documents[at + t] = last;
        }
        return last + 1;
    }
}
