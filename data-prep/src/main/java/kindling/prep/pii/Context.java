package kindling.prep.pii;

import java.util.Locale;
import java.util.Set;

/** The few words around a span; looking at them costs the same wherever the span is. */
final class Context {
    /** How far from the span a word may start or end, in UTF-16 units. */
    private static final int REACH = 48;

    private Context() {}

    /** A set of lower-case words from a table of them. */
    static Set<String> words(String table) {
        return Set.of(table.strip().split("\\s+"));
    }

    /** Whether one of the {@code count} words before {@code start} is in this set of lower-case words. */
    static boolean before(String text, int start, int count, Set<String> words) {
        int limit = Math.max(0, start - REACH);
        int i = start;
        for (int seen = 0; seen < count; seen++) {
            while (i > limit && !Character.isLetter(text.charAt(i - 1))) {
                i--;
            }
            int end = i;
            while (i > limit && Character.isLetter(text.charAt(i - 1))) {
                i--;
            }
            if (words.contains(text.substring(i, end).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the word right after {@code end} is in this set of lower-case words. */
    static boolean after(String text, int end, Set<String> words) {
        int limit = Math.min(text.length(), end + REACH);
        int from = end;
        while (from < limit && !Character.isLetter(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < limit && Character.isLetter(text.charAt(to))) {
            to++;
        }
        return words.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
    }

    /** Whether a letter, a digit or an underscore stands at {@code i}; false outside the text. */
    static boolean isWordAt(String text, int i) {
        return i >= 0 && i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_');
    }

    /** As {@link #isWordAt}, but not of a script that writes words without spaces: Chinese and Japanese text may touch a number. */
    static boolean isSpacedWordAt(String text, int i) {
        return isWordAt(text, i) && !isUnspaced(text.charAt(i));
    }

    /** Whether this is a letter of Chinese or Japanese. */
    static boolean isUnspaced(char c) {
        return c >= 0x3041 && (Character.isIdeographic(c) || c <= 0x30FF);
    }

    static boolean isDigitAt(String text, int i) {
        return i >= 0 && i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
}
