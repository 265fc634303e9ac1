package kindling.prep.token;

import java.util.Arrays;
import java.util.List;

/**
 * Which two neighbouring ids become one, and which pair goes first: an open-addressing table from pair to (rank, merged id), both packed in
 * one long so that comparing longs compares ranks.
 */
final class Merges {
    /** What {@link #of} gives for two ids that never merge: larger than every real entry. */
    static final long NONE = Long.MAX_VALUE;

    private static final long EMPTY = -1;

    /** Pair and (rank, merged id) side by side: one cache line answers a question. */
    private final long[] table;

    private final int shift;

    /** One merge: ids {@code left} and {@code right} become {@code merged}. Its rank is its place in the list. */
    record Merge(int left, int right, int merged) {}

    Merges(List<Merge> merges) {
        int bits = 32 - Integer.numberOfLeadingZeros(2 * merges.size() + 1); // at most half full: short probes
        table = new long[2 << bits];
        shift = 64 - bits;
        Arrays.fill(table, EMPTY);
        for (int rank = 0; rank < merges.size(); rank++) {
            Merge merge = merges.get(rank);
            int at = find(pack(merge.left(), merge.right()));
            table[at] = pack(merge.left(), merge.right());
            table[at + 1] =
                    pack(rank, merge.merged()); // a pair listed twice has its last rank, as in Hugging Face's loader
        }
    }

    /** Rank in the upper half, merged id in the lower, or {@link #NONE}. */
    long of(int left, int right) {
        int at = find(pack(left, right));
        return table[at] == EMPTY ? NONE : table[at + 1];
    }

    static int merged(long ranked) {
        return (int) ranked;
    }

    static int rank(long ranked) {
        return (int) (ranked >>> 32);
    }

    /** Where this pair is, or the free place where it would be. */
    private int find(long pair) {
        int at = (int) ((pair * 0x9E3779B97F4A7C15L) >>> shift) << 1;
        while (table[at] != pair && table[at] != EMPTY) {
            at = (at + 2) & (table.length - 1);
        }
        return at;
    }

    private static long pack(int high, int low) {
        return ((long) high << 32) | low;
    }
}
