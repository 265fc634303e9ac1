package kindling.prep.filter;

/** The two symbols that Gopher's rules look for: the hash, and the ellipsis as {@code ...} or U+2026. */
final class Marks {
    private Marks() {}

    static int hashes(Text text) {
        char[] chars = text.chars();
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += chars[i] == '#' ? 1 : 0;
        }
        return count;
    }

    static int ellipses(Text text) {
        char[] chars = text.chars();
        int count = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            points = chars[i] == '.' ? points + 1 : 0;
            if (points == 3 || chars[i] == '…') {
                count++;
                points = 0;
            }
        }
        return count;
    }

    /** The share of lines that begin with one of the bullets, behind white space or not. */
    static double bulletLines(Text text, Split split, String bullets) {
        Parts lines = text.parts(split);
        char[] chars = text.chars();
        int count = 0;
        for (int line = 0; line < lines.count(); line++) {
            int i = lines.start(line);
            while (i < lines.end(line) && Text.isSpace(chars[i])) {
                i++;
            }
            count += i < lines.end(line) && bullets.indexOf(chars[i]) >= 0 ? 1 : 0;
        }
        return count / lines.whole();
    }

    /** The share of lines that end with an ellipsis, white space behind it or not. */
    static double ellipsisLines(Text text, Split split) {
        Parts lines = text.parts(split);
        int count = 0;
        for (int line = 0; line < lines.count(); line++) {
            int end = lines.end(line);
            while (end > lines.start(line) && Text.isSpace(text.chars()[end - 1])) {
                end--;
            }
            count += isEllipsis(text.chars(), lines.start(line), end) ? 1 : 0;
        }
        return count / lines.whole();
    }

    private static boolean isEllipsis(char[] chars, int start, int end) {
        if (end > start && chars[end - 1] == '…') {
            return true;
        }
        return end - start >= 3 && chars[end - 1] == '.' && chars[end - 2] == '.' && chars[end - 3] == '.';
    }
}
