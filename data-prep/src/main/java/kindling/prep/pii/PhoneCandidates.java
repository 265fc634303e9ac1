package kindling.prep.pii;

import java.util.function.Consumer;

/**
 * The stretches of a text that are worth the number plans' time: groups of digits on one line, parted by what parts the groups of a phone number,
 * perhaps with an extension. Found in one pass; decimal fractions and overlong groups part what is left and right of them.
 */
final class PhoneCandidates {
    /** Fewer digits are no number that could be told from others. */
    static final int MIN_DIGITS = 7;
    /** ITU-T E.164 (11/2010), 6.2.1: the longest number, country code and all. */
    static final int MAX_DIGITS = 15;
    /** More digits on a line without a word are a table of figures and not half a dozen phone numbers. */
    private static final int MAX_DIGITS_IN_LINE = 64;

    private static final int MAX_GROUPS = 24;
    /** A sign such as {@code ") - "} between groups; more separates columns. */
    private static final int MAX_JOINT = 5;

    private static final int MAX_SPACES = 3;
    private static final int MAX_EXTENSION = 7;
    private static final String SPACES = " \u00A0\u2009\u202F";
    private static final String JOINTS = "-.()[]/~\u2010\u2011\u2012\u2013";
    private static final String[] EXTENSIONS = {"extension", "extn", "ext", "durchwahl", "poste", "x"};

    private final String text;
    private final Consumer<PhoneCandidate> candidates;
    private final int[] starts = new int[MAX_GROUPS];
    private final int[] ends = new int[MAX_GROUPS];
    private int count;
    private int digits;
    private int extensionEnd;

    private PhoneCandidates(String text, Consumer<PhoneCandidate> candidates) {
        this.text = text;
        this.candidates = candidates;
    }

    static void find(String text, Consumer<PhoneCandidate> candidates) {
        PhoneCandidates finder = new PhoneCandidates(text, candidates);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            i = c >= '0' && c <= '9' ? finder.line(i) : i + 1;
        }
    }

    /** Follows groups of digits from {@code first} on; returns where to look for the next. */
    private int line(int first) {
        clear();
        int start = first;
        while (true) {
            int end = endOfDigits(start);
            add(start, end);
            int next = afterJoint(end);
            if (endsInDecimal()) {
                dropDecimal();
                close();
                return end;
            }
            if (next < 0) {
                extensionEnd = extensionEnd(end);
                close();
                return Math.max(extensionEnd, end);
            }
            start = next;
        }
    }

    private void clear() {
        count = 0;
        digits = 0;
        extensionEnd = -1;
    }

    private void add(int start, int end) {
        digits += end - start;
        if (count < MAX_GROUPS) {
            starts[count] = start;
            ends[count] = end;
        }
        count++;
    }

    private void close() {
        if (digits >= MIN_DIGITS && digits <= MAX_DIGITS_IN_LINE && count <= MAX_GROUPS) {
            candidates.accept(new PhoneCandidate(text, starts, ends, count, extensionEnd));
        }
    }

    /** Whether the last two groups are a fraction such as {@code 3.14159265}, with a space or the end of the digits on both sides. */
    private boolean endsInDecimal() {
        if (count < 2 || count > MAX_GROUPS || ends[count - 2] + 1 != starts[count - 1]) {
            return false;
        }
        int start = starts[count - 2];
        boolean alone = count == 2 || SPACES.indexOf(text.charAt(start - 1)) >= 0;
        return alone && text.charAt(ends[count - 2]) == '.' && JOINTS.indexOf(charAt(ends[count - 1])) < 0;
    }

    private void dropDecimal() {
        for (int i = 0; i < 2; i++) {
            count--;
            digits -= ends[count] - starts[count];
        }
    }

    private int endOfDigits(int from) {
        int end = from;
        while (Context.isDigitAt(text, end)) {
            end++;
        }
        return end;
    }

    /** Where the next group of digits starts, after no more than a joint; -1 where something else stands. */
    private int afterJoint(int end) {
        int spaces = 0;
        for (int i = end; i < text.length() && i - end <= MAX_JOINT; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                return i;
            }
            spaces += SPACES.indexOf(c) >= 0 ? 1 : 0;
            if (spaces > MAX_SPACES || (SPACES.indexOf(c) < 0 && JOINTS.indexOf(c) < 0)) {
                return -1;
            }
        }
        return -1;
    }

    /** The end of {@code , ext. 123} or {@code x123}; -1 where none stands here. */
    private int extensionEnd(int end) {
        int i = skip(end, " ,;");
        for (String word : EXTENSIONS) {
            if (text.regionMatches(true, i, word, 0, word.length())) {
                int from = skip(i + word.length(), " .:#");
                int to = endOfDigits(from);
                return to > from && to - from <= MAX_EXTENSION && !Context.isWordAt(text, to) ? to : -1;
            }
        }
        return -1;
    }

    private int skip(int from, String characters) {
        int i = from;
        while (i < text.length() && i - from < MAX_SPACES && characters.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private char charAt(int i) {
        return i < text.length() ? text.charAt(i) : ' ';
    }
}
