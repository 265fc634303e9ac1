package kindling.prep.token;

import java.util.Arrays;

/**
 * One id for each character that is a piece; for others their bytes where the vocabulary has them ({@code <0xE2>}), else the unknown token, one
 * for a run of them if it fuses, else nothing: the model {@code BPE} with {@code byte_fallback}, {@code unk_token} and {@code fuse_unk}.
 */
final class CharacterSymbols implements FirstSymbols {
    /** No id. */
    static final int NONE = -1;

    /** By code point, up to the largest that is a piece. */
    private final int[] ids;

    private final int[] byteIds;
    private final int unknown;
    private final boolean fuses;

    /**
     * @param byteIds by byte, {@link #NONE} for a byte that has no piece
     * @param unknown the unknown token's id, or null where unknown characters are left out
     */
    CharacterSymbols(Vocabulary vocabulary, int[] byteIds, Integer unknown, boolean fuses) {
        int last = vocabulary
                .pieces()
                .filter(CharacterSymbols::isCharacter)
                .mapToInt(s -> s.codePointAt(0))
                .max()
                .orElse(0);
        ids = new int[last + 1];
        Arrays.fill(ids, NONE);
        vocabulary
                .pieces()
                .filter(CharacterSymbols::isCharacter)
                .forEach(s -> ids[s.codePointAt(0)] = vocabulary.pieceId(s));
        this.byteIds = byteIds.clone();
        this.unknown = unknown == null ? NONE : unknown;
        this.fuses = fuses;
    }

    @Override
    public int write(byte[] utf8, int from, int length, int[] symbols) {
        int n = 0;
        boolean pending =
                false; // an unknown token is written when its run ends, bytes do not end it: as that library does
        for (int i = from, next; i < from + length; i = next) {
            next = i + Utf8.length(utf8[i]);
            int point = Utf8.codePoint(utf8, i);
            if (point < ids.length && ids[point] != NONE) {
                n = pending ? put(unknown, symbols, n) : n;
                n = put(ids[point], symbols, n);
                pending = false;
            } else if (haveIds(utf8, i, next)) {
                for (int b = i; b < next; b++) {
                    n = put(byteIds[utf8[b] & 0xFF], symbols, n);
                }
            } else if (unknown != NONE) {
                n = pending && !fuses ? put(unknown, symbols, n) : n;
                pending = true;
            }
        }
        return pending ? put(unknown, symbols, n) : n;
    }

    private static int put(int id, int[] symbols, int n) {
        symbols[n] = id;
        return n + 1;
    }

    private boolean haveIds(byte[] utf8, int from, int to) {
        for (int i = from; i < to; i++) {
            if (byteIds[utf8[i] & 0xFF] == NONE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCharacter(String piece) {
        return !piece.isEmpty() && piece.length() == Character.charCount(piece.codePointAt(0));
    }
}
