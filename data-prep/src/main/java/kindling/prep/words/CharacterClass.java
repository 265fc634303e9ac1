package kindling.prep.words;

/**
 * The four classes that the patterns of byte-level tokenizers tell apart: {@code \p{L}}, {@code \p{N}}, {@code \s} and the rest.
 *
 * <p>Classes are those of the running JDK's Unicode version (13.0 on Java 17). A tokenizer built with a newer Unicode may see letters where
 * this one sees unassigned code points; both stay lossless.
 */
final class CharacterClass {
    static final int OTHER = 0;
    static final int LETTER = 1;
    static final int NUMBER = 2;
    static final int SPACE = 3;

    /** One byte for each code point of the basic plane; the other planes have no white space and are asked of the JDK. */
    private static final byte[] BASIC_PLANE = basicPlane();

    private CharacterClass() {}

    static int of(int codePoint) {
        return codePoint < BASIC_PLANE.length ? BASIC_PLANE[codePoint] : slowly(codePoint);
    }

    /** The class of the character at {@code i}; a surrogate pair counts as one, an unpaired surrogate is {@link #OTHER}. */
    static int at(char[] text, int i, int end) {
        char c = text[i];
        return Character.isHighSurrogate(c) ? of(Character.codePointAt(text, i, end)) : BASIC_PLANE[c];
    }

    /** Where the run of characters of this class that starts at {@code from} ends. */
    static int endOfRun(char[] text, int from, int end, int wanted) {
        int i = from;
        while (i < end && at(text, i, end) == wanted) {
            i += width(text, i, end);
        }
        return i;
    }

    private static int width(char[] text, int i, int end) {
        return Character.isHighSurrogate(text[i]) && i + 1 < end && Character.isLowSurrogate(text[i + 1]) ? 2 : 1;
    }

    private static byte[] basicPlane() {
        byte[] classes = new byte[Character.MIN_SUPPLEMENTARY_CODE_POINT];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = (byte) slowly(c);
        }
        return classes;
    }

    private static int slowly(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 ? SPACE : OTHER;
        };
    }
}
