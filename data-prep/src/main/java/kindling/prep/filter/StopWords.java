package kindling.prep.filter;

/** The eight English words of which Gopher wants to see two. */
final class StopWords {
    private static final String[] ALL = {"the", "be", "to", "of", "and", "that", "have", "with"};
    private static final long LOWER_CASE = 0x0020_0020_0020_0020L; // the bit in which ASCII's cases differ, four times
    private static final long[] CODES = codes();
    private static final int LONGEST = 4; // letters, 16 bits each

    private StopWords() {}

    private static long[] codes() {
        long[] codes = new long[ALL.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(ALL[i].toCharArray(), 0, ALL[i].length());
        }
        return codes;
    }

    /** How many different ones are among the words. */
    static int different(Text text, Words words, boolean anyCase) {
        int seen = 0;
        for (int word = 0; word < words.count(); word++) {
            int found = indexOf(text.chars(), words.start(word), words.end(word), anyCase);
            seen |= found < 0 ? 0 : 1 << found;
        }
        return Integer.bitCount(seen);
    }

    /** How many of the words are one. */
    static int all(Text text, Words words, boolean anyCase) {
        int count = 0;
        for (int word = 0; word < words.count(); word++) {
            count += indexOf(text.chars(), words.start(word), words.end(word), anyCase) < 0 ? 0 : 1;
        }
        return count;
    }

    private static int indexOf(char[] chars, int start, int end, boolean anyCase) {
        if (end - start > LONGEST) {
            return -1;
        }
        long code = code(chars, start, end);
        long folded = anyCase ? code | (LOWER_CASE >>> (Character.SIZE * (LONGEST - end + start))) : code;
        for (int i = 0; i < CODES.length; i++) {
            if (CODES[i] == folded) {
                return i;
            }
        }
        return -1;
    }

    private static long code(char[] chars, int start, int end) {
        long code = 0;
        for (int i = start; i < end; i++) {
            code = (code << Character.SIZE) | chars[i];
        }
        return code;
    }
}
