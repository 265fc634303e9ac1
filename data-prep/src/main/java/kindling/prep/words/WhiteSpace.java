package kindling.prep.words;

import static kindling.prep.words.CharacterClass.SPACE;

/** How patterns cut runs of white space; all white space is in the basic plane. */
final class WhiteSpace {
    private WhiteSpace() {}

    /**
     * {@code \s+(?!\S)|\s+}: the run without its last character where a word follows, which takes that along if it can.
     *
     * @param from a white space
     */
    static int endOfWord(char[] text, int from, int end) {
        return leaveOne(from, CharacterClass.endOfRun(text, from, end, SPACE), end);
    }

    /**
     * {@code \s*[\r\n]+|\s+(?!\S)|\s+}: up to the run's last line end if it has one. Of a run, only what follows that line end is looked at
     * again.
     *
     * @param from a white space
     */
    static int endOfLines(char[] text, int from, int end) {
        int lineEnd = from;
        int i = from;
        for (; i < end && CharacterClass.at(text, i, end) == SPACE; i++) {
            lineEnd = isLineEnd(text[i]) ? i + 1 : lineEnd;
        }
        return lineEnd > from ? lineEnd : leaveOne(from, i, end);
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static int leaveOne(int from, int endOfRun, int end) {
        return endOfRun == end || endOfRun == from + 1 ? endOfRun : endOfRun - 1;
    }
}
