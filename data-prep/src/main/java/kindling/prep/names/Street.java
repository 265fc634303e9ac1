package kindling.prep.names;

/** The line of an address that names a street, tokens [start, end), with so many numbers. */
record Street(int start, int end, int numbers) {
    /** Whether the house number stands in front. */
    boolean isLeading(Tokens tokens) {
        return tokens.isNumber(start);
    }

    /** Whether the name is written in small letters. */
    boolean isSmall(Tokens tokens) {
        return isLeading(tokens)
                && !tokens.isCapital(start + 1)
                && tokens.isWord(end - 2)
                && !tokens.isCapital(end - 2);
    }
}
