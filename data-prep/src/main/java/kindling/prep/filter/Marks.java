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

    static boolean endsWithEllipsis(char[] chars, int start, int end) {
        if (end == start) {
            return false;
        }
        return chars[end - 1] == '…'
                || end - start >= 3 && chars[end - 1] == '.' && chars[end - 2] == '.' && chars[end - 3] == '.';
    }
}
