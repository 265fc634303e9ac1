package kindling.prep.token;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kindling.prep.words.Pretokenizer;

/**
 * What a tokenizer file says: the spelling of each id, the merges in order, which ids are special, and the pattern that cuts words.
 *
 * <p>Ordinary pieces are spelled in the {@link ByteAlphabet}, special tokens as they are. Every byte has its piece, so that every text can be
 * encoded.
 */
final class Vocabulary {
    private final List<String> spellings;
    private final List<Merges.Merge> merges;
    private final BitSet special;
    private final Pretokenizer pretokenizer;
    private final Map<String, Integer> ids = new HashMap<>();
    private final byte[][] bytes;
    private final int[] byteIds = new int[ByteAlphabet.SIZE];

    /** Takes over its arguments; the caller changes them no more. */
    Vocabulary(List<String> spellings, List<Merges.Merge> merges, BitSet special, Pretokenizer pretokenizer) {
        this.spellings = List.copyOf(spellings);
        this.merges = List.copyOf(merges);
        this.special = special;
        this.pretokenizer = pretokenizer;
        this.bytes = new byte[spellings.size()][];
        for (int id = 0; id < spellings.size(); id++) {
            String spelling = spellings.get(id);
            if (ids.putIfAbsent(spelling, id) != null) {
                throw new IllegalArgumentException(
                        "ids %d and %d are both spelled \"%s\"".formatted(ids.get(spelling), id, spelling));
            }
            bytes[id] = special.get(id) ? Utf8.of(spelling) : ByteAlphabet.bytes(spelling);
        }
        for (int b = 0; b < ByteAlphabet.SIZE; b++) {
            String spelling = ByteAlphabet.spell((byte) b);
            Integer id = ids.get(spelling);
            if (id == null) {
                throw new IllegalArgumentException(
                        "the vocabulary has no piece \"%s\" for byte 0x%02X".formatted(spelling, b));
            }
            byteIds[b] = id;
        }
    }

    int size() {
        return bytes.length;
    }

    List<String> spellings() {
        return spellings;
    }

    List<Merges.Merge> merges() {
        return merges;
    }

    Pretokenizer pretokenizer() {
        return pretokenizer;
    }

    boolean isSpecial(int id) {
        return special.get(id);
    }

    /** The id of this spelling, null where there is none. */
    Integer id(String spelling) {
        return ids.get(spelling);
    }

    int byteId(int unsignedByte) {
        return byteIds[unsignedByte];
    }

    /** The bytes that an id stands for; not to be changed. */
    byte[] bytes(int id) {
        return bytes[id];
    }
}
