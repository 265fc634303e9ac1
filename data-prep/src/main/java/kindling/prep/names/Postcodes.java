package kindling.prep.names;

import java.util.Set;

/** Postcodes: four to six digits, two groups of digits as in Poland, Portugal, Sweden and the US, and the letters and digits of Canada, the UK and the Netherlands. */
final class Postcodes {
    private static final Set<String> CALLED = Set.of("zip", "postal", "postcode", "plz", "postleitzahl");
    private static final Set<String> BETWEEN = Set.of("is", "code", "number", "ist");

    private Postcodes() {}

    /** The end of the postcode that starts at this token, or the same token. */
    static int end(Tokens tokens, int token) {
        if (tokens.isWord(token)) {
            return lettersEnd(tokens, token);
        }
        if (!tokens.isNumber(token) || !isDigits(tokens, token)) {
            return token;
        }
        int length = tokens.length(token);
        boolean dash = tokens.isMark(token + 1, '-')
                && tokens.touches(token + 1)
                && tokens.touches(token + 2)
                && tokens.isNumber(token + 2);
        if (dash) {
            int second = tokens.length(token + 2);
            boolean known = (length == 2 && second == 3)
                    || (length == 4 && second == 3)
                    || (length == 5 && (second == 3 || second == 4));
            return known ? token + 3 : token;
        }
        boolean space = length == 3
                && isDigits(tokens, token + 1)
                && tokens.length(token + 1) == 2
                && tokens.breaksBefore(token + 1) == 0;
        if (space) {
            return token + 2;
        }
        boolean joined = tokens.touches(token + 1)
                && (tokens.isMark(token + 1, '/')
                        || tokens.isMark(token + 1, '-')
                        || (tokens.isMark(token + 1, '.') && tokens.touches(token + 2)));
        boolean dutch = length == 4
                && tokens.isUpper(token + 1)
                && tokens.length(token + 1) == 2
                && tokens.breaksBefore(token + 1) == 0;
        return length < 4 || length > 6 || joined ? token : dutch ? token + 2 : token + 1;
    }

    /** The end of a postcode that a word in front calls one, "zip: 12345"; the same token where there is none. */
    static int calledEnd(Tokens tokens, int token) {
        int i = token - 1;
        while (i > token - 5 && (tokens.isMark(i, ':') || BETWEEN.contains(tokens.lower(i)))) {
            i--;
        }
        return CALLED.contains(tokens.lower(i)) ? end(tokens, token) : token;
    }

    /** {@code B0J 2H0}, {@code SW1A 1AA}: the first token is the letters, the next ones start with digits. */
    private static int lettersEnd(Tokens tokens, int token) {
        boolean outward = tokens.isCapital(token)
                && tokens.length(token) <= 2
                && tokens.isNumber(token + 1)
                && tokens.touches(token + 1)
                && tokens.length(token + 1) <= 2;
        boolean inward = outward
                && tokens.isNumber(token + 2)
                && tokens.length(token + 2) == 3
                && tokens.breaksBefore(token + 2) == 0
                && !isDigits(tokens, token + 2);
        return inward ? token + 3 : token;
    }

    private static boolean isDigits(Tokens tokens, int token) {
        return tokens.isNumber(token) && tokens.lower(token).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
