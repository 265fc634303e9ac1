package kindling.prep.clean;

/**
 * UTF-8 that was read as windows-1252 or Latin-1: {@code "dÃ©jÃ\u00A0"} for {@code "déjà"}.
 *
 * <p>Characters that would be a sequence of UTF-8 bytes are repaired where nobody can have meant them: where one of them
 * is rare beside a letter, or where several such sequences follow one another. Capital letters before quotation marks,
 * dashes and other ordinary punctuation can be meant ({@code "NÃO… IRMÃ”"}): these are repaired only in company of others
 * that cannot, in a line in which every character beyond ASCII belongs to a sequence. After R. Speer, ftfy, 2019
 * (doi:10.5281/zenodo.2591652), whose rules are finer and whose decision is taken for a whole segment.
 */
final class Mojibake {
    private static final int MAX_ROUNDS = 3; // text that went wrong twice, and the round that finds nothing left
    private static final String WINDOWS_1252 = // what the bytes 80 to 9F are read as; a dot where they stay themselves
            "\u20AC.\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152.\u017D."
                    + ".\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153.\u017E\u0178";
    private static final char[] HIGH = WINDOWS_1252.toCharArray();
    /** What stands after letters in ordinary text. */
    private static final String PUNCTUATION =
            "\u20AC\u2026\u2018\u2019\u201C\u201D\u201E\u2013\u2014\u2122\u203A\u00A0\u00A9\u00AA\u00AB\u00AD\u00AE\u00B0\u00B7\u00BA\u00BB";
    /** Of these, what stands between words that follow one another without a space. */
    private static final String JOINERS = "\u2026\u2013\u2014\u00A0\u00AB\u00AD\u00BB";

    private Mojibake() {}

    /** The text as it was meant; the same text where nothing is wrong with it. */
    static String repair(String text) {
        String repaired = text;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            String before = repaired;
            repaired = repairOnce(before);
            if (repaired.equals(before)) {
                return before;
            }
        }
        return repaired;
    }

    private static String repairOnce(String text) {
        StringBuilder out = null;
        int done = 0;
        for (int i = nextSequence(text, 0); i < text.length(); ) {
            int start = lineStart(text, i, done);
            int end = lineEnd(text, i);
            String line = text.substring(start, end);
            String better = repairLine(line);
            if (!better.equals(line)) {
                out = out == null ? new StringBuilder(text.length()) : out;
                out.append(text, done, start).append(better);
                done = end;
            }
            i = nextSequence(text, end);
        }
        return out == null ? text : out.append(text, done, text.length()).toString();
    }

    /** Where the next sequence starts, or the length of the text. */
    private static int nextSequence(String text, int from) {
        int i = from;
        while (i < text.length() && (!isLead(text.charAt(i)) || length(text, i) == 0)) {
            i++;
        }
        return i;
    }

    private static int lineStart(String text, int from, int least) {
        int start = from;
        while (start > least && !isBorder(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int lineEnd(String text, int from) {
        int end = from;
        while (end < text.length() && !isBorder(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Lines, and the texts between tags, go wrong each for itself. */
    private static boolean isBorder(char c) {
        return c == '\n' || c == '<' || c == '>';
    }

    private static String repairLine(String line) {
        boolean sure = false;
        boolean whole = true;
        for (int i = 0; i < line.length(); ) {
            int length = length(line, i);
            sure |= length > 0 && isSure(line, i, length);
            whole &= length > 0 || line.charAt(i) < 0x80;
            i += Math.max(1, length);
        }
        return sure ? decoded(line, whole) : line;
    }

    private static String decoded(String line, boolean all) {
        StringBuilder out = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); ) {
            int length = length(line, i);
            if (length > 0 && (all || isSure(line, i, length))) {
                out.append(sequence(line, i, length));
                i += length;
            } else {
                out.append(line.charAt(i++));
            }
        }
        return out.toString();
    }

    /** Whether a sequence cannot be meant as it stands. */
    private static boolean isSure(String line, int start, int length) {
        if (length == 4 || line.startsWith("\u00E2\u20AC", start) || isNeighbour(line, start, length)) {
            return true;
        }
        char before = start == 0 ? ' ' : line.charAt(start - 1);
        int end = start + length;
        boolean amidst = end < line.length()
                && Character.isLetter(line.charAt(end))
                && JOINERS.indexOf(line.charAt(end - 1)) < 0;
        boolean plain = PUNCTUATION.indexOf(line.charAt(start + 1)) >= 0
                && (length == 2 || PUNCTUATION.indexOf(line.charAt(start + 2)) >= 0);
        char lead = line.charAt(start);
        if (length == 3) {
            return !plain;
        }
        return switch (lead) {
            case '\u00C2', '\u00C3' -> !plain || amidst || !Character.isUpperCase(before);
            case '\u00C4', '\u00C5' -> !plain || (amidst && !Character.isUpperCase(before));
            case '\u00D0', '\u00D1' -> !plain;
            default -> false;
        };
    }

    /** Whether another sequence stands directly before or after one. */
    private static boolean isNeighbour(String line, int start, int length) {
        if (start + length < line.length() && length(line, start + length) > 0) {
            return true;
        }
        for (int before = 2; before <= Math.min(4, start); before++) {
            if (length(line, start - before) == before) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLead(char c) {
        return c >= 0xC2 && c <= 0xF4;
    }

    /** How many characters from here on are the bytes of one character in UTF-8, or 0. */
    private static int length(String text, int start) {
        char lead = text.charAt(start);
        if (!isLead(lead)) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (start + length > text.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if (continuation(text.charAt(start + i)) < 0) {
                return 0;
            }
        }
        return isCharacter(codePoint(text, start, length), length) ? length : 0;
    }

    private static int codePoint(String text, int start, int length) {
        int value = text.charAt(start) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07);
        for (int i = 1; i < length; i++) {
            value = value << 6 | continuation(text.charAt(start + i));
        }
        return value;
    }

    /** Not one that a shorter sequence stands for, and one that Unicode has assigned. */
    private static boolean isCharacter(int codePoint, int length) {
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        if (codePoint < least || codePoint > Character.MAX_CODE_POINT) {
            return false;
        }
        int type = Character.getType(codePoint);
        return type != Character.UNASSIGNED && type != Character.SURROGATE && type != Character.PRIVATE_USE;
    }

    private static String sequence(String text, int start, int length) {
        return Character.toString(codePoint(text, start, length));
    }

    /** The lower six bits of the byte 80 to BF that was read as this character, or -1. */
    private static int continuation(char c) {
        if (c >= 0x80 && c <= 0xBF) {
            return c & 0x3F;
        }
        if (c < 0x0152 || c > 0x2122) {
            return -1;
        }
        for (int i = 0; i < HIGH.length; i++) {
            if (HIGH[i] == c) {
                return i;
            }
        }
        return -1;
    }
}
