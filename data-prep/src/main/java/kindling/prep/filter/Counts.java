package kindling.prep.filter;

/** How often each of a known number of hashes was seen: open addressing, no boxes. */
final class Counts {
    private final long[] keys;
    private final int[] counts;
    private final int mask;

    /** @param most different hashes that will come at most */
    Counts(int most) {
        int slots = Integer.highestOneBit(Math.max(8, most)) * 4; // at most half of them get used
        keys = new long[slots];
        counts = new int[slots];
        mask = slots - 1;
    }

    /** Counts one more, and says how many that makes. */
    int add(long hash) {
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (counts[slot] > 0 && keys[slot] != hash) {
            slot = slot + 1 & mask;
        }
        keys[slot] = hash;
        return ++counts[slot];
    }
}
