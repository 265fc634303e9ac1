package kindling.prep.pii;

/**
 * Finds what a {@link Replacement} has written into a text before: {@code <EMAIL>}, {@code <EMAIL:5f1d8c0b9a3e7246>}, {@code
 * EMAIL_5f1d8c0b9a3e} and runs of stars. Recognizers never see these: they are walls between stretches of text, which is why redacting a second
 * time finds nothing new in or around them.
 */
final class Placeholders {
    static final int LEAST_STARS = 4;
    static final int HASH_DIGITS = 16;
    static final int NAME_DIGITS = 12;

    private final String text;
    private int at;
    private int start;
    private int end;

    private Placeholders(String text) {
        this.text = text;
        advance();
    }

    /** Takes a stretch {@code [start, end)} of text without placeholders. */
    @FunctionalInterface
    interface Stretch {
        void take(int start, int end);
    }

    /** Hands over what lies between placeholders, from left to right. */
    static void between(String text, Stretch stretch) {
        Placeholders walls = new Placeholders(text);
        int from = 0;
        while (walls.start < text.length()) {
            if (walls.start > from) {
                stretch.take(from, walls.start);
            }
            from = walls.end;
            walls.advance();
        }
        if (from < text.length()) {
            stretch.take(from, text.length());
        }
    }

    private void advance() {
        while (at < text.length()) {
            int stop = endOfPlaceholder(at);
            if (stop > at) {
                start = at;
                end = stop;
                at = stop;
                return;
            }
            at++;
        }
        start = text.length();
        end = text.length();
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
