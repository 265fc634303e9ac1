package kindling.prep.pii;

import java.util.ArrayList;
import java.util.List;
import kindling.prep.pii.IdNumber.Form;

/**
 * All forms of all numbers as one prefix tree, so that a text is compared with them in one walk. An edge is a run of digits or of letters of some
 * length, or one separator: {@code AA 99-9} is letters of length 2, space, digits of length 2, dash, digits of length 1.
 */
final class FormTree {
    /** Longer runs of digits are in no form. */
    static final int MAX_DIGITS = 19;
    /** Longer runs of letters are in no form. */
    static final int MAX_LETTERS = 16;

    private static final String SEPARATORS = " -./()";
    private static final String SPACES = " \u00A0\u2009\u202F";
    private static final String DASHES = "-\u2010\u2011\u2012\u2013";
    private static final int EDGES = 1 + MAX_DIGITS + MAX_LETTERS + SEPARATORS.length();

    /** A number that may be written as the way to here says. */
    record Written(IdNumber number, Form form) {}

    private final FormTree[] next = new FormTree[EDGES];
    private final List<Written> here = new ArrayList<>();

    static FormTree of(List<IdNumber> numbers) {
        FormTree root = new FormTree();
        for (IdNumber number : numbers) {
            for (Form form : number.forms()) {
                root.add(form.pattern(), new Written(number, form));
            }
        }
        return root;
    }

    private void add(String pattern, Written written) {
        if (pattern.indexOf('#') >= 0) {
            add(pattern.replaceFirst("#", "9"), written);
            add(pattern.replaceFirst("#", "A"), written);
            return;
        }
        FormTree node = this;
        int i = 0;
        while (i < pattern.length()) {
            int end = runEnd(pattern, i);
            node = node.grow(edge(pattern, i, end));
            i = end;
        }
        node.here.add(written);
    }

    private FormTree grow(int edge) {
        if (edge == 0) {
            throw new IllegalArgumentException("a form must be made of short runs and of separators " + SEPARATORS);
        }
        if (next[edge] == null) {
            next[edge] = new FormTree();
        }
        return next[edge];
    }

    /** What is complete here. */
    List<Written> here() {
        return here;
    }

    /** Where {@code text[from, end)}, one {@linkplain #runEnd run}, leads to; null for nowhere. */
    FormTree after(CharSequence text, int from, int end) {
        return next[edge(text, from, end)];
    }

    /** The end of the run of digits or of letters that starts here, of which only as much is read as forms have; past anything else. */
    static int runEnd(CharSequence text, int from) {
        int end = from;
        if (isDigit(text.charAt(from))) {
            int limit = Math.min(text.length(), from + MAX_DIGITS + 1);
            while (end < limit && isDigit(text.charAt(end))) {
                end++;
            }
        } else {
            int limit = Math.min(text.length(), from + MAX_LETTERS + 1);
            while (end < limit && isLatin(text.charAt(end))) {
                end++;
            }
        }
        return Math.max(end, from + 1);
    }

    private static int edge(CharSequence text, int from, int end) {
        char c = text.charAt(from);
        int length = end - from;
        if (isDigit(c)) {
            return length <= MAX_DIGITS ? length : 0;
        }
        if (isLatin(c)) {
            return length <= MAX_LETTERS ? MAX_DIGITS + length : 0;
        }
        char separator = SPACES.indexOf(c) >= 0 ? ' ' : DASHES.indexOf(c) >= 0 ? '-' : c;
        int index = SEPARATORS.indexOf(separator);
        return index < 0 ? 0 : 1 + MAX_DIGITS + MAX_LETTERS + index;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
