package kindling.prep.token;

/**
 * The ids of words that were merged lately, for one thread: a direct-mapped cache. Text repeats its words, rare ones too, and merging a word
 * takes many times as long as looking here.
 *
 * <p>Up to six ids of 21 bits are kept with a {@link WordKey}, each plus one, the first in the lowest bits, three a long.
 */
final class RecentWords {
    /** Ids of the longest encoding that is kept. */
    static final int MOST_IDS = 6;

    private static final int ID_BITS = 21;
    private static final int IDS_A_LONG = 3;
    private static final int LARGEST_ID = (1 << ID_BITS) - 2;
    private static final int ENTRY = 4; // longs: two of the key, two of the ids; half a cache line
    private static final int BITS = 14; // half a megabyte, which a core's second-level cache holds

    private final long[] entries = new long[ENTRY << BITS];

    /**
     * Appends a word's ids.
     *
     * @param ids with room for {@value #MOST_IDS} more
     * @return the number of ids afterwards; {@code count} when the word is not known
     */
    int get(long low, long high, long hash, int[] ids, int count) {
        int place = place(hash);
        if (entries[place] != low || entries[place + 1] != high) {
            return count;
        }
        return unpack(entries[place + 3], ids, unpack(entries[place + 2], ids, count));
    }

    /** Keeps {@code ids[from, to)} as those of a word. */
    void put(long low, long high, long hash, int[] ids, int from, int to) {
        if (to - from > MOST_IDS) {
            return;
        }
        for (int i = from; i < to; i++) {
            if (ids[i] > LARGEST_ID) {
                return;
            }
        }
        int place = place(hash);
        entries[place] = low;
        entries[place + 1] = high;
        entries[place + 2] = pack(ids, from, Math.min(to, from + IDS_A_LONG));
        entries[place + 3] = pack(ids, Math.min(to, from + IDS_A_LONG), to);
    }

    private static int place(long hash) {
        return (int) (hash >>> (Long.SIZE - BITS)) * ENTRY;
    }

    private static int unpack(long packed, int[] ids, int count) {
        int n = count;
        for (long rest = packed; rest != 0; rest >>>= ID_BITS) {
            ids[n++] = (int) (rest & ((1 << ID_BITS) - 1)) - 1;
        }
        return n;
    }

    private static long pack(int[] ids, int from, int to) {
        long packed = 0;
        for (int i = to - 1; i >= from; i--) {
            packed = (packed << ID_BITS) | (ids[i] + 1);
        }
        return packed;
    }
}
