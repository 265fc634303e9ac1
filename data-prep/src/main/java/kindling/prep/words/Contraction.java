package kindling.prep.words;

/** The English endings {@code 's 't 'd 'm 're 've 'll}, which patterns name one by one. */
final class Contraction {
    private static final char LONG_S = '\u017F'; // folds to s, alone among all code points that are no ASCII letters

    private Contraction() {}

    /** Where the lower-case ending at {@code from} ends, or {@code from} where none is: {@code '(?:[sdmt]|ll|ve|re)}. */
    static int end(char[] text, int from, int end) {
        return from + 1 < end && text[from] == '\''
                ? from + length(text[from + 1], from + 2 < end ? text[from + 2] : 0)
                : from;
    }

    /** The same in either case: {@code '(?i:[sdmt]|ll|ve|re)}, with Unicode's simple case folding. */
    static int endInEitherCase(char[] text, int from, int end) {
        return from + 1 < end && text[from] == '\''
                ? from + length(lower(text[from + 1]), from + 2 < end ? lower(text[from + 2]) : 0)
                : from;
    }

    private static int length(char first, char second) {
        return switch (first) {
            case 's', 'd', 'm', 't' -> 2;
            case 'l' -> second == 'l' ? 3 : 0;
            case 'v', 'r' -> second == 'e' ? 3 : 0;
            default -> 0;
        };
    }

    private static char lower(char c) {
        if (c == LONG_S) {
            return 's';
        }
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
