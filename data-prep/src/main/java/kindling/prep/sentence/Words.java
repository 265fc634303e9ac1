package kindling.prep.sentence;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The words of a text, lower case: runs of letters, marks and digits, an apostrophe between letters included. In scripts
 * written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) every letter is a word.
 *
 * <p>{@code Words.of("Don't stop: 東京")} is {@code [don't, stop, 東, 京]}.
 */
public final class Words {
    private static final int FIRST_UNSPACED = 0x0E00; // Thai; no script below is written without spaces

    private Words() {}

    public static List<String> of(String text) {
        return spans(text).stream().map(span -> of(text, span)).toList();
    }

    /** The word at a place of {@link #spans}. */
    public static String of(String text, Span span) {
        return span.of(text).toLowerCase(Locale.ROOT);
    }

    /** Where the words are. */
    public static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int end = end(text, i);
            if (end > i) {
                spans.add(new Span(i, end));
                i = end;
            } else {
                i += Character.charCount(text.codePointAt(i));
            }
        }
        return spans;
    }

    /** How often each word occurs, in the order of first occurrence. */
    public static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        of(text).forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    /** How many words a reader counts: pieces between white space, unspaced scripts letter by letter. */
    public static int length(String text) {
        int length = 0;
        for (int i = nextPiece(text, 0); i < text.length(); i = nextPiece(text, pieceEnd(text, i))) {
            length++;
        }
        return length;
    }

    /** The text up to the end of its word number {@code words}, as {@link #length} counts. */
    public static String head(String text, int words) {
        int end = 0;
        int start = nextPiece(text, 0);
        for (int i = 0; i < words && start < text.length(); i++) {
            end = pieceEnd(text, start);
            start = nextPiece(text, end);
        }
        return text.substring(0, end);
    }

    private static int nextPiece(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int pieceEnd(String text, int start) {
        int i = start;
        while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
            int codePoint = text.codePointAt(i);
            if (isUnspaced(codePoint)) {
                return i == start ? i + Character.charCount(codePoint) : i;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    /** The end of the word that starts at {@code start}; {@code start} itself when none does. */
    private static int end(String text, int start) {
        int i = start;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (isUnspaced(codePoint)) {
                return i == start ? start + Character.charCount(codePoint) : i;
            }
            if (!isPart(codePoint) && !(isApostrophe(codePoint) && i > start && letterFollows(text, i + 1))) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private static boolean isUnspaced(int codePoint) {
        if (codePoint < FIRST_UNSPACED || !Character.isLetter(codePoint)) {
            return false;
        }
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static boolean isPart(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || (codePoint > 0x7F && isMark(Character.getType(codePoint)));
    }

    private static boolean isMark(int type) {
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isApostrophe(int codePoint) {
        return codePoint == '\'' || codePoint == '’';
    }

    private static boolean letterFollows(String text, int i) {
        return i < text.length() && Character.isLetter(text.charAt(i));
    }
}
