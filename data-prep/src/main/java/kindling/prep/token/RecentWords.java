package kindling.prep.token;

import java.util.Arrays;

/**
 * The ids of words that were merged lately: a direct-mapped cache, one for all threads. Text repeats its words, rare ones too, and merging a
 * word takes many times as long as looking here.
 *
 * <p>Entries never change, and all their fields are final: a thread sees a whole one or none (Java Language Specification, 17.5), so that nobody
 * has to wait. What one thread overwrites another merges again, to the same ids.
 */
final class RecentWords {
    private static final int BITS =
            16; // some five megabytes when full; a quarter of the places costs a tenth of the speed

    private final Entry[] entries = new Entry[1 << BITS];

    private static final class Entry {
        private final long low;
        private final long high;
        private final int[] ids;

        Entry(long low, long high, int[] ids) {
            this.low = low;
            this.high = high;
            this.ids = ids;
        }
    }

    /**
     * Appends a word's ids.
     *
     * @param ids with room for as many more as the word has bytes
     * @return the number of ids afterwards; {@code count} when the word is not known
     */
    int get(long low, long high, long hash, int[] ids, int count) {
        Entry entry = entries[place(hash)];
        if (entry == null || entry.low != low || entry.high != high) {
            return count;
        }
        int n = count;
        for (int id : entry.ids) {
            ids[n++] = id;
        }
        return n;
    }

    /** Keeps {@code ids[from, to)} as those of a word. */
    void put(long low, long high, long hash, int[] ids, int from, int to) {
        entries[place(hash)] = new Entry(low, high, Arrays.copyOfRange(ids, from, to));
    }

    private static int place(long hash) {
        return (int) (hash >>> (Long.SIZE - BITS));
    }
}
