package kindling.prep.token;

import java.util.Arrays;
import java.util.List;

/**
 * The words that byte-pair encoding turns into one single id, by their bytes: most words of a text are found here at once and never merged.
 *
 * <p>A piece is entered only if merging its bytes gives the piece itself, so the answer is the one that merging would give.
 */
final class WholeWords {
    static final int UNKNOWN = -1;

    private final byte[][] words;
    private final int[] ids;
    private final int[] hashes;

    /** @param pieces the bytes of each id, null for an id that no word encodes to alone */
    WholeWords(List<byte[]> pieces) {
        int slots = Integer.highestOneBit(Math.max(1, pieces.size())) << 2; // at most half full: short probes
        words = new byte[slots][];
        ids = new int[slots];
        hashes = new int[slots];
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id) != null) {
                put(pieces.get(id), id);
            }
        }
    }

    /** The id of the word in the first {@code length} bytes, or {@link #UNKNOWN}. */
    int id(byte[] word, int length, int hash) {
        int slot = hash & (ids.length - 1);
        while (words[slot] != null) {
            if (hashes[slot] == hash && Arrays.equals(words[slot], 0, words[slot].length, word, 0, length)) {
                return ids[slot];
            }
            slot = (slot + 1) & (ids.length - 1);
        }
        return UNKNOWN;
    }

    static int hash(byte[] word, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + word[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private void put(byte[] word, int id) {
        int hash = hash(word, word.length);
        int slot = hash & (ids.length - 1);
        while (words[slot] != null) {
            slot = (slot + 1) & (ids.length - 1);
        }
        words[slot] = word;
        ids[slot] = id;
        hashes[slot] = hash;
    }
}
