package kindling.prep.filter;

import java.util.Locale;

/** Finds fixed phrases of ASCII letters and spaces, in any case. */
final class Phrases {
    private static final int ASCII = 0x80;

    private final String[] phrases;
    private final boolean[] first = new boolean[ASCII]; // whether a phrase begins with this character, in either case
    private final boolean[] second = new boolean[ASCII]; // whether one goes on with it

    private Phrases(String[] phrases) {
        this.phrases = phrases;
        for (String phrase : phrases) {
            for (boolean upper : new boolean[] {false, true}) {
                String cased = upper ? phrase.toUpperCase(Locale.ROOT) : phrase;
                first[cased.charAt(0)] = true;
                second[cased.charAt(1)] = true;
            }
        }
    }

    /** @param phrases in lower case, each of two characters or more */
    static Phrases of(String... phrases) {
        return new Phrases(phrases.clone());
    }

    /** How often they occur. */
    int count(Text text) {
        char[] chars = text.chars();
        int last = text.length() - 1;
        int count = 0;
        for (int i = 0; i < last; i++) {
            if (chars[i] < ASCII && first[chars[i]] && chars[i + 1] < ASCII && second[chars[i + 1]]) {
                count += startsAt(chars, i, last + 1);
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
