package kindling.prep.rouge;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Longest common subsequences of word ids, 64 cells of the dynamic-programming table a step. One instance is the
 * working memory for many comparisons and belongs to one thread.
 *
 * <p>A row of the table is kept as one bit per target word: 0 where the length grows by one at that word. Reading a
 * prediction word with match mask M turns row V into {@code (V + (V & M)) | (V & ~M)}. {@link #length} needs memory
 * linear in the target and m·n/64 steps; {@link #mark} keeps its rows, m·n/8 bytes, so callers bound the line length.
 *
 * <p>Source: M. Crochemore et al., "A fast and practical bit-vector algorithm for the longest common subsequence
 * problem", Information Processing Letters 80, 2001; H. Hyyrö, "Bit-parallel LCS-length computation revisited", 2004.
 */
final class Subsequence {
    private static final int NONE = -1;

    private final int[] lastAt; // word id -> its last position in the target
    private final int[] count; // word id -> how often it stands in the target
    private final long[][] ready; // word id -> its mask, for words too frequent to mark anew each time
    private int[] target = {};
    private int[] earlierAt = {}; // position -> the position of the same word before it
    private long[] scratch = {}; // a mask, zero between uses
    private long[] rows = {};

    /** @param vocabulary all ids are in [0, vocabulary) */
    Subsequence(int vocabulary) {
        lastAt = new int[vocabulary];
        Arrays.fill(lastAt, NONE);
        count = new int[vocabulary];
        ready = new long[vocabulary][];
    }

    /** Makes this the target of the comparisons that follow. */
    Subsequence to(int[] newTarget) {
        for (int word : target) {
            lastAt[word] = NONE;
            count[word] = 0;
            ready[word] = null;
        }
        target = newTarget;
        earlierAt = new int[target.length];
        for (int i = 0; i < target.length; i++) {
            earlierAt[i] = lastAt[target[i]];
            lastAt[target[i]] = i;
            count[target[i]]++;
        }
        scratch = new long[(target.length + 63) / 64];
        for (int word : target) {
            if (count[word] > scratch.length && ready[word] == null) { // at most 64 words
                ready[word] = marked(word, new long[scratch.length]);
            }
        }
        return this;
    }

    /** Length of the longest common subsequence. */
    int length(int[] prediction) {
        long[] row = new long[scratch.length];
        Arrays.fill(row, -1L);
        for (int word : prediction) {
            if (lastAt[word] != NONE) {
                advance(row, 0, 0, word);
            }
        }
        int length = 0;
        for (int i = 0; i < target.length; i++) {
            length += grows(row, 0, i) ? 1 : 0;
        }
        return length;
    }

    /**
     * Adds the target positions of one longest common subsequence to {@code into}. Of several it takes the one found by
     * walking the table back from its end, stepping over a prediction word only when that alone keeps the length.
     */
    void mark(int[] prediction, BitSet into) {
        int width = scratch.length;
        fillRows(prediction, width);
        int i = target.length;
        int j = prediction.length;
        while (i > 0 && j > 0) {
            if (target[i - 1] == prediction[j - 1]) {
                i--;
                j--;
                into.set(i);
            } else if (grows(rows, j * width, i - 1)) {
                j--;
            } else {
                i--;
            }
        }
    }

    private void fillRows(int[] prediction, int width) {
        if (rows.length < (prediction.length + 1) * width) {
            rows = new long[(prediction.length + 1) * width];
        }
        Arrays.fill(rows, 0, width, -1L);
        for (int j = 0; j < prediction.length; j++) {
            if (lastAt[prediction[j]] == NONE) {
                System.arraycopy(rows, j * width, rows, (j + 1) * width, width);
            } else {
                advance(rows, j * width, (j + 1) * width, prediction[j]);
            }
        }
    }

    private static boolean grows(long[] table, int row, int position) {
        return (table[row + (position >> 6)] & (1L << position)) == 0;
    }

    private void advance(long[] table, int from, int to, int word) {
        boolean marked = ready[word] == null;
        long[] mask = marked ? marked(word, scratch) : ready[word];
        long carry = 0;
        for (int k = 0; k < mask.length; k++) {
            long v = table[from + k];
            long u = v & mask[k];
            long sum = v + u + carry;
            carry = ((v & u) | ((v | u) & ~sum)) >>> 63;
            table[to + k] = sum | (v & ~mask[k]);
        }
        for (int i = marked ? lastAt[word] : NONE; i != NONE; i = earlierAt[i]) {
            scratch[i >> 6] = 0;
        }
    }

    private long[] marked(int word, long[] mask) {
        for (int i = lastAt[word]; i != NONE; i = earlierAt[i]) {
            mask[i >> 6] |= 1L << i;
        }
        return mask;
    }
}
