package kindling.prep.bpe;

import java.util.Arrays;

/**
 * For each pair of ids its weighted count and the words it was seen in: an open-addressing table whose entries get consecutive indices in the
 * order in which their pairs appear. A word stays listed when it loses the pair; looking into it again finds nothing, which does no harm.
 */
final class PairCounts {
    private static final int FREE = -1;
    private static final int[] NOWHERE = {};

    private int[] slots = new int[1 << 12];
    private int entries;
    private long[] pairs = new long[1 << 11];
    private long[] counts = new long[1 << 11];
    private int[][] words = new int[1 << 11][];
    private int[] wordCounts = new int[1 << 11];

    PairCounts() {
        Arrays.fill(slots, FREE);
    }

    static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }

    static int left(long pair) {
        return (int) (pair >>> 32);
    }

    static int right(long pair) {
        return (int) pair;
    }

    /** How many pairs were ever seen; their indices are below. */
    int size() {
        return entries;
    }

    long pair(int index) {
        return pairs[index];
    }

    long count(int index) {
        return counts[index];
    }

    /**
     * Changes a pair's count and returns its index.
     *
     * @throws ArithmeticException when the count is more than 2<sup>63</sup> − 1
     */
    int add(int left, int right, long delta) {
        int index = index(pair(left, right));
        counts[index] = Math.addExact(counts[index], delta);
        return index;
    }

    /** Lists a word under a pair, once in a row. */
    void addWord(int index, int word) {
        int n = wordCounts[index];
        int[] list = words[index];
        if (n > 0 && list[n - 1] == word) {
            return;
        }
        if (n == list.length) {
            words[index] = list = Arrays.copyOf(list, Math.max(2, n + (n >> 1)));
        }
        list[n] = word;
        wordCounts[index] = n + 1;
    }

    /** The words listed under a pair, which forgets them. */
    int[] takeWords(int index) {
        int[] list = Arrays.copyOf(words[index], wordCounts[index]);
        words[index] = NOWHERE;
        wordCounts[index] = 0;
        return list;
    }

    int index(long pair) {
        int slot = slot(pair);
        while (slots[slot] != FREE) {
            if (pairs[slots[slot]] == pair) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (entries == pairs.length) {
            grow();
            return index(pair);
        }
        slots[slot] = entries;
        pairs[entries] = pair;
        words[entries] = NOWHERE;
        return entries++;
    }

    private int slot(long pair) {
        return (int) ((pair * 0x9E3779B97F4A7C15L) >>> (64 - Integer.numberOfTrailingZeros(slots.length)));
    }

    private void grow() {
        int capacity = 2 * entries;
        pairs = Arrays.copyOf(pairs, capacity);
        counts = Arrays.copyOf(counts, capacity);
        words = Arrays.copyOf(words, capacity);
        wordCounts = Arrays.copyOf(wordCounts, capacity);
        slots = new int[2 * capacity];
        Arrays.fill(slots, FREE);
        for (int i = 0; i < entries; i++) {
            int slot = slot(pairs[i]);
            while (slots[slot] != FREE) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i;
        }
    }
}
