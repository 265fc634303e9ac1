package kindling.prep.clean;

import java.text.Normalizer;

/** Text that later stages can rely on: normal form C, no control characters but line feed and tab, no broken pairs. */
public final class UnicodeRepair {
    // The Stream-Safe Text Format's limit (Unicode Standard Annex 15, section 13): sorting longer runs of combining
    // marks would take quadratic time.
    private static final int MAX_MARKS = 30;
    private static final char GRAPHEME_JOINER = '\u034F';
    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private UnicodeRepair() {}

    /**
     * The repaired text: UTF-8 that was read as windows-1252 or Latin-1, also twice, is read as UTF-8 where no author can
     * have meant what stands there; normal form C (Unicode Standard Annex 15); CR LF, CR, vertical tab and form feed become line
     * feeds; other C0 and C1 control characters and byte order marks are removed; a surrogate without its partner
     * becomes U+FFFD; after 30 combining marks in a row a grapheme joiner is put, as the Stream-Safe Text Format does.
     *
     * <p>{@code repair("e\u0301\r\n")} is {@code "é\n"}, {@code repair("Ã©tÃ©")} is {@code "été"}.
     */
    public static String repair(String text) {
        int clean = cleanPrefix(text);
        if (clean == text.length()) {
            return text;
        }
        String repaired = replaced(Mojibake.repair(text), clean);
        return Normalizer.isNormalized(repaired, Normalizer.Form.NFC)
                ? repaired
                : Normalizer.normalize(repaired, Normalizer.Form.NFC);
    }

    /** How much of the text, from its start, is ASCII that needs no repair: for most text all of it. */
    private static int cleanPrefix(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(char c) {
        return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t';
    }

    private static String replaced(String text, int clean) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, clean);
        int marks = 0;
        for (int i = clean; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (isPlainOrPrintable(c)) {
                marks = isMark(c) ? marks + 1 : 0;
                if (marks > MAX_MARKS) {
                    out.append(GRAPHEME_JOINER);
                    marks = 1;
                }
                out.appendCodePoint(c);
            } else if (c <= 0xFFFF && Character.isSurrogate((char) c)) {
                out.append(REPLACEMENT);
                marks = 0;
            } else if (isLineBreak(c) && !(c == '\r' && next < text.length() && text.charAt(next) == '\n')) {
                out.append('\n');
                marks = 0;
            }
            i = next;
        }
        return out.toString();
    }

    private static boolean isPlainOrPrintable(int c) {
        return c >= 0xA0
                ? c != BYTE_ORDER_MARK && !(c <= 0xFFFF && Character.isSurrogate((char) c))
                : isPlain((char) c);
    }

    private static boolean isLineBreak(int c) {
        return c == '\r' || c == '\u000B' || c == '\f';
    }

    private static boolean isMark(int c) {
        if (c < 0x300) {
            return false;
        }
        int type = Character.getType(c);
        return c != GRAPHEME_JOINER
                && (type == Character.NON_SPACING_MARK
                        || type == Character.ENCLOSING_MARK
                        || type == Character.COMBINING_SPACING_MARK);
    }
}
