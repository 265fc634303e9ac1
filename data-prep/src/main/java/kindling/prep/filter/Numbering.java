package kindling.prep.filter;

import java.util.Arrays;

/**
 * Gives equal keys equal numbers, counted from 0 in the order in which they first come.
 *
 * <p>Open addressing without boxes. Tables are kept from one text to the next and need no clearing: a slot counts only if it
 * was filled since the last {@link #restart}, which the ever growing numbers in it tell.
 */
final class Numbering {
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L; // odd, bits well spread
    private static final int FEWEST_SLOTS = 16;

    private long[] keys = new long[FEWEST_SLOTS];
    private int[] marks = new int[FEWEST_SLOTS]; // number + base + 1
    private int shift;
    private int mask;
    private int base;
    private int size;

    /** Forgets all keys.
     *
     * @param most different keys that will come at most */
    void restart(int most) {
        int slots = Math.max(FEWEST_SLOTS, Integer.highestOneBit(Math.max(1, most)) * 4); // a half of them used at most
        base += size;
        size = 0;
        if (slots > keys.length) {
            keys = new long[slots];
            marks = new int[slots];
            base = 0;
        } else if (base > Integer.MAX_VALUE - slots) {
            Arrays.fill(marks, 0);
            base = 0;
        }
        mask = slots - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
    }

    /** How many different keys came. */
    int size() {
        return size;
    }

    /** The key's number; a new key gets the {@link #size} of before. */
    int of(long key) {
        int slot = (int) (key * MULTIPLIER >>> shift);
        while (marks[slot] > base) {
            if (keys[slot] == key) {
                return marks[slot] - base - 1;
            }
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        marks[slot] = base + ++size;
        return size - 1;
    }

    /** The key's number, or -1 if it has not come. */
    int find(long key) {
        int slot = (int) (key * MULTIPLIER >>> shift);
        while (marks[slot] > base) {
            if (keys[slot] == key) {
                return marks[slot] - base - 1;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }
}
