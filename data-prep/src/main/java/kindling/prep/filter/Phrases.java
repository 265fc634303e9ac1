package kindling.prep.filter;

/** Finds fixed phrases of ASCII letters and spaces, in any case. */
final class Phrases {
    private final String[] phrases;
    private final long firstLetters; // bit c - 'a'

    private Phrases(String[] phrases) {
        this.phrases = phrases;
        long letters = 0;
        for (String phrase : phrases) {
            letters |= 1L << phrase.charAt(0) - 'a';
        }
        firstLetters = letters;
    }

    /** @param phrases in lower case, each beginning with a letter */
    static Phrases of(String... phrases) {
        return new Phrases(phrases.clone());
    }

    /** How often they occur. */
    int count(Text text) {
        char[] chars = text.chars();
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            int letter = (chars[i] | 0x20) - 'a';
            if (letter >= 0 && letter < 26 && (firstLetters >>> letter & 1) != 0) {
                count += startsAt(chars, i, text.length());
            }
        }
        return count;
    }

    private int startsAt(char[] chars, int start, int length) {
        int count = 0;
        for (String phrase : phrases) {
            count += startsWith(chars, start, length, phrase) ? 1 : 0;
        }
        return count;
    }

    private static boolean startsWith(char[] chars, int start, int length, String phrase) {
        if (start + phrase.length() > length) {
            return false;
        }
        for (int i = 0; i < phrase.length(); i++) {
            if (lower(chars[start + i]) != phrase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
}
