package kindling.prep.token;

import java.util.Arrays;

/** Pieces that are too long for a {@link WordKey}, by their bytes: an open-addressing table, asked without making an object. */
final class LongPieces {
    private byte[][] pieces = new byte[64][];
    private int[] ids = new int[64];
    private int size;
    private int longest;

    void put(byte[] piece, int id) {
        if (2 * ++size > pieces.length) {
            grow();
        }
        int slot = slot(piece, 0, piece.length);
        WholeWords.requireNear(hash(piece, 0, piece.length), slot, pieces.length);
        pieces[slot] = piece;
        ids[slot] = id;
        longest = Math.max(longest, piece.length);
    }

    /** The id of the piece {@code text[at, at + length)}, or {@link WholeWords#UNKNOWN}. */
    int id(byte[] text, int at, int length) {
        if (length > longest) {
            return WholeWords.UNKNOWN;
        }
        int slot = slot(text, at, length);
        return pieces[slot] == null ? WholeWords.UNKNOWN : ids[slot];
    }

    /** Where this piece is, or the free place where it would be. */
    private int slot(byte[] text, int at, int length) {
        int slot = hash(text, at, length) & (pieces.length - 1);
        while (pieces[slot] != null && !Arrays.equals(pieces[slot], 0, pieces[slot].length, text, at, at + length)) {
            slot = (slot + 1) & (pieces.length - 1);
        }
        return slot;
    }

    private static int hash(byte[] text, int at, int length) {
        int hash = 0;
        for (int i = at; i < at + length; i++) {
            hash = 31 * hash + text[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private void grow() {
        byte[][] before = pieces;
        int[] idsBefore = ids;
        pieces = new byte[2 * before.length][];
        ids = new int[pieces.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != null) {
                int slot = slot(before[i], 0, before[i].length);
                pieces[slot] = before[i];
                ids[slot] = idsBefore[i];
            }
        }
    }
}
