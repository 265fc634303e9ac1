package kindling.prep.pii;

import java.util.Arrays;

/** Groups of digits as they stand in a text, with what is left, right and between. Groups count from 0, positions are UTF-16 units. */
final class PhoneCandidate {
    private final String text;
    private final int[] starts;
    private final int[] ends;
    private final int extensionEnd;

    /** @param extensionEnd where the extension behind the last group ends; -1 for none */
    PhoneCandidate(String text, int[] starts, int[] ends, int count, int extensionEnd) {
        this.text = text;
        this.starts = Arrays.copyOf(starts, count);
        this.ends = Arrays.copyOf(ends, count);
        this.extensionEnd = extensionEnd;
    }

    int groups() {
        return starts.length;
    }

    int length(int group) {
        return ends[group] - starts[group];
    }

    /** The digits of some groups, in one piece. */
    String digits(int first, int last) {
        if (first == last) {
            return text.substring(starts[first], ends[first]);
        }
        StringBuilder digits = new StringBuilder();
        for (int i = first; i <= last; i++) {
            digits.append(text, starts[i], ends[i]);
        }
        return digits.toString();
    }

    /** Whether a group starts with these digits. */
    boolean startsWith(int group, String digits) {
        return length(group) >= digits.length() && text.startsWith(digits, starts[group]);
    }

    /** What stands between a group and the next. */
    String joint(int group) {
        return text.substring(ends[group], starts[group + 1]);
    }

    /** Where a number that ends here ends, extension and all. */
    int end(int last) {
        return last == groups() - 1 && extensionEnd > 0 ? extensionEnd : ends[last];
    }

    /** Where the digits of a number that ends here end. */
    int endOfDigits(int last) {
        return ends[last];
    }

    /** Where a number of these groups starts: a plus, and a bracket that closes inside, belong to it. */
    int start(int first, int last) {
        int start = hasPlus(first) ? starts[first] - 1 : starts[first];
        char opening = at(start - 1);
        char closing = opening == '(' ? ')' : ']';
        boolean closes = (opening == '(' || opening == '[') && contains(closing, start, ends[last]);
        return closes ? start - 1 : start;
    }

    boolean hasPlus(int group) {
        char before = at(starts[group] - 1);
        return before == '+' || before == '\uFF0B';
    }

    /** Whether a number may start with this group: it is not glued to something before it. */
    boolean mayStart(int group) {
        return group == 0 ? isFree() : isLoose(group - 1);
    }

    /** Whether a number may end with this group: it is not glued to something behind it. */
    boolean mayEnd(int group) {
        if (group < groups() - 1) {
            return isLoose(group);
        }
        int end = end(group);
        char next = at(end);
        boolean goesOn = ".,-/:".indexOf(next) >= 0 && Context.isDigitAt(text, end + 1);
        return !goesOn && !Context.isSpacedWordAt(text, end) && "@%*=$\u20AC\u00A3\u00B0".indexOf(next) < 0;
    }

    /** The first group with what stands before it: no word, no larger number, no amount of money. */
    private boolean isFree() {
        int start = start(0, groups() - 1);
        char before = at(start - 1);
        if (text.charAt(start) == '(' || (text.charAt(start) == '+' && !Context.isDigitAt(text, start - 1))) {
            return !(before == '+' || before == '$');
        }
        boolean inNumber = ".,+:/".indexOf(before) >= 0 && Context.isDigitAt(text, start - 2);
        boolean inCode = ("-/=".indexOf(before) >= 0 && Context.isSpacedWordAt(text, start - 2)) || before == '%';
        return !Context.isSpacedWordAt(text, start - 1)
                && !inNumber
                && !inCode
                && "$\u20AC\u00A3*^".indexOf(before) < 0;
    }

    /** A joint with a space in it may also part two numbers. */
    private boolean isLoose(int group) {
        for (int i = ends[group]; i < starts[group + 1]; i++) {
            if (Character.isSpaceChar(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(char c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == c) {
                return true;
            }
        }
        return false;
    }

    private char at(int i) {
        return i >= 0 && i < text.length() ? text.charAt(i) : ' ';
    }
}
