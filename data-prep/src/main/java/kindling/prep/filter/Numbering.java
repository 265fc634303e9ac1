package kindling.prep.filter;

import java.util.Arrays;

/**
 * Gives equal keys equal numbers, counted from 0 in the order in which they first come.
 *
 * <p>Open addressing without boxes; keys lie apart from the slots, in the order of their numbers, so the slots stay small and
 * growing needs no search. Memory is kept from one text to the next and needs no clearing: a slot counts only if it was filled
 * since the last {@link #restart}, which the ever growing marks in it tell.
 */
final class Numbering {
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L; // odd, bits well spread
    private static final int FEWEST_SLOTS = 1024; // a power of two

    private long[] keys = new long[FEWEST_SLOTS / 2];
    private int[] marks = new int[FEWEST_SLOTS]; // base + number + 1
    private int mask;
    private int shift;
    private int base;
    private int size;

    Numbering() {
        useSlots(FEWEST_SLOTS);
    }

    /** Forgets all keys. */
    void restart() {
        base += size;
        size = 0;
        useSlots(FEWEST_SLOTS);
    }

    /** How many different keys came. */
    int size() {
        return size;
    }

    /** The key's number; a new key gets the {@link #size} of before. */
    int of(long key) {
        int slot = slot(key);
        if (marks[slot] > base) {
            return marks[slot] - base - 1;
        }
        if (2 * size == mask + 1) {
            grow();
            slot = slot(key);
        }
        keys[size] = key;
        marks[slot] = base + ++size;
        return size - 1;
    }

    /** The key's number, or -1 if it has not come. */
    int find(long key) {
        int mark = marks[slot(key)];
        return mark > base ? mark - base - 1 : -1;
    }

    /** The slot that holds the key, or the free one where it belongs. */
    private int slot(long key) {
        int slot = (int) ((key * MULTIPLIER) >>> shift);
        while (marks[slot] > base && keys[marks[slot] - base - 1] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int grown = size;
        base += size;
        useSlots(2 * (mask + 1));
        if (keys.length < marks.length / 2) {
            keys = Arrays.copyOf(keys, marks.length / 2);
        }
        for (size = 0; size < grown; size++) {
            marks[freeSlot(keys[size])] = base + size + 1;
        }
    }

    private int freeSlot(long key) {
        int slot = (int) ((key * MULTIPLIER) >>> shift);
        while (marks[slot] > base) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void useSlots(int slots) {
        if (slots > marks.length) {
            marks = new int[slots];
            base = 0;
        } else if (base > Integer.MAX_VALUE - slots) {
            Arrays.fill(marks, 0);
            base = 0;
        }
        mask = slots - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
    }
}
