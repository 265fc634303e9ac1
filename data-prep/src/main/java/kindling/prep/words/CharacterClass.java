package kindling.prep.words;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.util.VersionInfo;
import java.util.Arrays;

/**
 * What the patterns of byte-level tokenizers ask of a character, as bits: each has exactly one of {@link #LETTER} {@code \p{L}}, {@link #NUMBER}
 * {@code \p{N}}, {@link #SPACE} {@code \s} and {@link #OTHER}; letters and marks have their case beside it.
 *
 * <p>Classes are those of Unicode 16.0, whatever the JDK: ICU 77 knows them, and the regex engine of Hugging Face's tokenizers 0.21 (Oniguruma)
 * has the same ones on every code point, which {@code LibraryTest} proves.
 */
final class CharacterClass {
    static final int LETTER = 1;
    static final int NUMBER = 1 << 1;
    static final int SPACE = 1 << 2;
    static final int OTHER = 1 << 3;
    /** Upper and title case, and what has no case: {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}. */
    static final int UPPER = 1 << 4;
    /** Lower case, and what has no case: {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}. */
    static final int LOWER = 1 << 5;

    /** The bits of which a character has exactly one. */
    static final int KIND = LETTER | NUMBER | SPACE | OTHER;

    /** No bits: the character says only together with the next one what it is. */
    private static final int SURROGATE = 0;

    private static final VersionInfo UNICODE = VersionInfo.getInstance(16, 0); // a newer ICU must not move cuts

    private static final int BLOCK = 256; // code points; of the 4352 blocks only some 90 are mixed
    private static final byte[] BASIC_PLANE = classes(0, Character.MIN_SUPPLEMENTARY_CODE_POINT);
    private static final byte[][] BLOCKS = blocks();

    private CharacterClass() {}

    /** The bits of the character at {@code i}; a surrogate pair counts as one, an unpaired surrogate is {@link #OTHER}. */
    static int at(char[] text, int i, int end) {
        int bits = BASIC_PLANE[text[i]];
        return bits != SURROGATE ? bits : ofPair(text, i, end);
    }

    /** Where the run of characters with at least one of these bits that starts at {@code from} ends. */
    static int endOfRun(char[] text, int from, int end, int wanted) {
        int i = from;
        while (true) {
            while (i < end && (BASIC_PLANE[text[i]] & wanted) != 0) {
                i++;
            }
            if (i == end || BASIC_PLANE[text[i]] != SURROGATE || (ofPair(text, i, end) & wanted) == 0) {
                return i;
            }
            i += width(text, i, end);
        }
    }

    private static int ofPair(char[] text, int i, int end) {
        int codePoint = Character.codePointAt(text, i, end);
        return codePoint < BASIC_PLANE.length ? OTHER : BLOCKS[codePoint / BLOCK][codePoint & (BLOCK - 1)];
    }

    /** The number of UTF-16 units of the character at {@code i}. */
    static int width(char[] text, int i, int end) {
        return Character.isHighSurrogate(text[i]) && i + 1 < end && Character.isLowSurrogate(text[i + 1]) ? 2 : 1;
    }

    /** The supplementary planes; equal neighbours are one array, so that unassigned planes cost nothing. */
    private static byte[][] blocks() {
        byte[][] blocks = new byte[(Character.MAX_CODE_POINT + 1) / BLOCK][];
        for (int i = BASIC_PLANE.length / BLOCK; i < blocks.length; i++) {
            byte[] block = classes(i * BLOCK, (i + 1) * BLOCK);
            blocks[i] = Arrays.equals(block, blocks[i - 1]) ? blocks[i - 1] : block;
        }
        return blocks;
    }

    private static byte[] classes(int from, int to) {
        byte[] classes = new byte[to - from];
        for (int codePoint = from; codePoint < to; codePoint++) {
            classes[codePoint - from] = (byte) compute(codePoint);
        }
        return classes;
    }

    private static int compute(int codePoint) {
        if (UCharacter.getType(codePoint) == ECharacterCategory.SURROGATE) {
            return SURROGATE;
        }
        if (UCharacter.getAge(codePoint).compareTo(UNICODE) > 0) {
            return OTHER;
        }
        return switch (UCharacter.getType(codePoint)) {
            case ECharacterCategory.UPPERCASE_LETTER, ECharacterCategory.TITLECASE_LETTER -> LETTER | UPPER;
            case ECharacterCategory.LOWERCASE_LETTER -> LETTER | LOWER;
            case ECharacterCategory.MODIFIER_LETTER, ECharacterCategory.OTHER_LETTER -> LETTER | UPPER | LOWER;
            case ECharacterCategory.NON_SPACING_MARK,
                    ECharacterCategory.ENCLOSING_MARK,
                    ECharacterCategory.COMBINING_SPACING_MARK -> OTHER | UPPER | LOWER;
            case ECharacterCategory.DECIMAL_DIGIT_NUMBER,
                    ECharacterCategory.LETTER_NUMBER,
                    ECharacterCategory.OTHER_NUMBER -> NUMBER;
            case ECharacterCategory.SPACE_SEPARATOR,
                    ECharacterCategory.LINE_SEPARATOR,
                    ECharacterCategory.PARAGRAPH_SEPARATOR -> SPACE;
            default -> (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 ? SPACE : OTHER;
        };
    }
}
