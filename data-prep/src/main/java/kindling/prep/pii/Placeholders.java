package kindling.prep.pii;

/**
 * Finds what a {@link Replacement} has written into a text before: {@code <EMAIL>}, {@code <EMAIL:5f1d8c0b9a3e7246>}, {@code
 * EMAIL_5f1d8c0b9a3e} and runs of stars. Recognizers never see these, so that no placeholder is taken for data or for a word that speaks of data.
 */
final class Placeholders {
    static final int LEAST_STARS = 4;
    static final int HASH_DIGITS = 16;
    static final int NAME_DIGITS = 12;

    /** OBJECT REPLACEMENT CHARACTER: no letter, no digit, no space, and in no value. */
    private static final char HIDDEN = '\uFFFC';

    private final String text;

    private Placeholders(String text) {
        this.text = text;
    }

    /** The text, as long as it was, with something that nobody recognizes in the place of placeholders. */
    static String hidden(String text) {
        Placeholders placeholders = new Placeholders(text);
        StringBuilder hidden = null;
        int i = 0;
        while (i < text.length()) {
            int end = placeholders.endOfPlaceholder(i);
            if (end == i) {
                i++;
                continue;
            }
            hidden = hidden == null ? new StringBuilder(text) : hidden;
            while (i < end) {
                hidden.setCharAt(i++, HIDDEN);
            }
        }
        return hidden == null ? text : hidden.toString();
    }

    /** Where the placeholder that starts here ends; {@code from} where none does. */
    private int endOfPlaceholder(int from) {
        char first = text.charAt(from);
        if (first == '*') {
            int stars = from;
            while (stars < text.length() && text.charAt(stars) == '*') {
                stars++;
            }
            return stars - from >= LEAST_STARS ? stars : from;
        }
        if (first == '<') {
            int name = endOfName(from + 1);
            int digits = charAt(name) == ':' ? endOfHex(name + 1, HASH_DIGITS) : name;
            return name > from + 1 && charAt(digits) == '>' ? digits + 1 : from;
        }
        if (isCapital(first) && !Context.isWordAt(text, from - 1)) {
            return endOfKeyedName(from);
        }
        return from;
    }

    /** {@code EMAIL_5f1d8c0b9a3e}: a name, an underscore and hexadecimal digits. */
    private int endOfKeyedName(int from) {
        int underscore = endOfName(from);
        if (charAt(underscore) != '_') { // US_SSN_5f1d8c0b9a3e ends its name at the digits
            return from;
        }
        int stop = endOfHex(underscore + 1, NAME_DIGITS);
        return stop > underscore + 1 && !Context.isWordAt(text, stop) ? stop : from;
    }

    /** Capitals, and underscores between them, as types are named. */
    private int endOfName(int from) {
        int i = from;
        while (isCapital(charAt(i)) || (charAt(i) == '_' && i > from && isCapital(charAt(i + 1)))) {
            i++;
        }
        return i;
    }

    private int endOfHex(int from, int count) {
        int i = from;
        while (i - from < count && Character.digit(charAt(i), 16) >= 0 && !isCapital(charAt(i))) {
            i++;
        }
        return i - from == count ? i : from;
    }

    private char charAt(int i) {
        return i < text.length() ? text.charAt(i) : 0;
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
