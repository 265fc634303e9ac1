package kindling.prep.filter;

/** The references that encyclopedia pages carry, such as {@code [12]}, {@code [edit]} and {@code [citation needed]}. */
final class Citations {
    private static final String[] WORDS = {"edit]", "citation needed]"};

    private Citations() {}

    /** Takes them out of the first characters, and says how many are left. */
    static int without(char[] chars, int length) {
        int kept = 0;
        while (kept < length && chars[kept] != '[') {
            kept++;
        }
        int i = kept;
        while (i < length) {
            int end = chars[i] == '[' ? end(chars, i + 1, length) : -1;
            if (end < 0) {
                chars[kept++] = chars[i++];
            } else {
                i = end;
            }
        }
        return kept;
    }

    /** Behind the bracket that closes the reference, or -1 if it is none. */
    private static int end(char[] chars, int start, int length) {
        for (String word : WORDS) {
            if (startsWith(chars, start, length, word)) {
                return start + word.length();
            }
        }
        int i = start;
        while (i < length && Character.isDigit(chars[i])) {
            i++;
        }
        return i < length && chars[i] == ']' ? i + 1 : -1;
    }

    private static boolean startsWith(char[] chars, int start, int length, String word) {
        if (start + word.length() > length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (chars[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
