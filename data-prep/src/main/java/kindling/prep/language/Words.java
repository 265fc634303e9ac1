package kindling.prep.language;

/**
 * The words of running text.
 *
 * <p>What stands between blanks is left out when it is no prose: addresses, numbers, identifiers, markup, code. It shows by a
 * digit ({@code x1}), a technical sign between its letters ({@code user@example.org}, {@code list.add(a)}), a capital after a small
 * letter ({@code camelCase}), or by angle brackets. Only Latin letters are left out in this way, since that is what
 * addresses and code are made of; scripts without blanks have whole sentences there.
 */
final class Words {
    private static final String TECHNICAL = "@/\\_=<>{}[]()#$%&*+|~^;:.\"`!?";
    private static final int LONGEST_TAG = 300; // letters; a "<" without its ">" within this distance is just a sign
    private static final byte LATIN = Scripts.of(Alphabet.LATIN);

    private final CharSequence text;
    private final int end;
    private final Evidence evidence;

    private Words(CharSequence text, int end, Evidence evidence) {
        this.text = text;
        this.end = end;
        this.evidence = evidence;
    }

    /** Hands the words between two places of a text on, letter by letter, in lower case. */
    static void read(CharSequence text, int start, int end, Evidence evidence) {
        new Words(text, end, evidence).read(start);
    }

    private void read(int start) {
        int from = start;
        while (from < end) {
            if (isBlank(text.charAt(from))) {
                from++;
            } else if (text.charAt(from) == '<' && endOfTag(from) > from) {
                from = endOfTag(from);
            } else {
                int to = endOfToken(from);
                token(from, to);
                from = to;
            }
        }
    }

    private int endOfToken(int from) {
        int to = from + 1;
        while (to < end && !isBlank(text.charAt(to)) && text.charAt(to) != '<') {
            to++;
        }
        return to;
    }

    private int endOfTag(int from) {
        int limit = Math.min(end, from + LONGEST_TAG);
        for (int i = from + 1; i < limit && text.charAt(i) != '<'; i++) {
            if (text.charAt(i) == '>') {
                return i + 1;
            }
        }
        return from;
    }

    private void token(int from, int to) {
        boolean prose = isProse(from, to);
        for (int i = from; i < to; i++) {
            byte script = Scripts.of(text.charAt(i));
            if (script == Scripts.NONE || (script == LATIN && !prose)) {
                evidence.endWord();
            } else {
                evidence.letter(script, Character.toLowerCase(text.charAt(i)));
            }
        }
        evidence.endWord();
    }

    /** Whether the Latin letters of a token are words: nothing technical between them, and no other script beside them. */
    private boolean isProse(int from, int to) {
        boolean technical = false;
        boolean seen = false;
        char before = ' ';
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            byte script = Scripts.of(c);
            if (c >= '0' && c <= '9') {
                return false;
            }
            if (script > Scripts.MARK) {
                boolean hump = Character.isLowerCase(before) && Character.isUpperCase(c);
                if (script != LATIN || (seen && (technical || hump))) {
                    return false;
                }
                seen = true;
            } else if (seen && TECHNICAL.indexOf(c) >= 0) {
                technical = true;
            }
            before = c;
        }
        return true;
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u3000' || c == '\u2028' || c == '\u2029';
    }
}
