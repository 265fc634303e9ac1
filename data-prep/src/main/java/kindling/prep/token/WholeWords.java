package kindling.prep.token;

import java.util.Arrays;
import java.util.List;

/**
 * The words that byte-pair encoding turns into one single id, by their bytes: most words of a text are found here at once and never merged.
 *
 * <p>A piece is entered only if merging its bytes gives the piece itself, so the answer is the one that merging would give. Pieces with a
 * {@link WordKey} lie in one open-addressing table, key and id in half a cache line; the few longer ones elsewhere.
 */
final class WholeWords {
    static final int UNKNOWN = -1;

    private static final int ENTRY = 4; // longs: the key's two halves, the id, nothing

    private final long[] entries;
    private final int shift;
    private final LongPieces longer = new LongPieces();

    private static final int FARTHEST = 1000; // places; published vocabularies stay below a hundred

    /**
     * Refuses pieces of which so many have one hash that each look would walk through them: nobody's vocabulary by chance.
     *
     * @param hash whose lower bits are the place that a piece should have, of {@code places}, a power of two
     */
    static void requireNear(int hash, int place, int places) {
        if (((place - hash) & (places - 1)) > FARTHEST) {
            throw new IllegalArgumentException(
                    "tokenizer.json: model.vocab has thousands of pieces made to collide: is the file hostile?");
        }
    }

    /** @param pieces the bytes of each id, null for an id that no word encodes to alone */
    WholeWords(List<byte[]> pieces) {
        int bits = 33 - Integer.numberOfLeadingZeros(pieces.size()); // at most half full: short probes
        entries = new long[ENTRY << bits];
        shift = Long.SIZE - bits;
        for (int id = 0; id < pieces.size(); id++) {
            byte[] piece = pieces.get(id);
            if (piece != null && piece.length > WordKey.LONGEST) {
                longer.put(piece, id);
            } else if (piece != null) {
                put(Arrays.copyOf(piece, WordKey.LONGEST + 1), piece.length, id);
            }
        }
    }

    /** The id of the word with this {@link WordKey}, or {@link #UNKNOWN}. */
    int id(long low, long high, long hash) {
        int at = (int) (hash >>> shift) * ENTRY;
        while (entries[at + 1] != 0) {
            if (entries[at] == low && entries[at + 1] == high) {
                return (int) entries[at + 2];
            }
            at = (at + ENTRY) & (entries.length - 1);
        }
        return UNKNOWN;
    }

    /** The id of a word that is too long for a key, or {@link #UNKNOWN}. */
    int id(byte[] text, int at, int length) {
        return longer.id(text, at, length);
    }

    private void put(byte[] padded, int length, int id) {
        long low = WordKey.low(padded, 0, length);
        long high = WordKey.high(padded, 0, length);
        int first = (int) (WordKey.hash(low, high) >>> shift);
        int at = first * ENTRY;
        while (entries[at + 1] != 0) {
            at = (at + ENTRY) & (entries.length - 1);
        }
        requireNear(first, at / ENTRY, entries.length / ENTRY);
        entries[at] = low;
        entries[at + 1] = high;
        entries[at + 2] = id;
    }
}
