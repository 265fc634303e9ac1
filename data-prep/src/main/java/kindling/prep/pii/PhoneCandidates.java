package kindling.prep.pii;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stretches of a text that are worth the number plans' time: digits in groups as phone numbers are written, on one line, perhaps with an
 * extension. Found in one pass; decimal fractions and overlong groups part what is left and right of them.
 */
final class PhoneCandidates {
    /** Fewer digits are no number that could be told from others. */
    private static final int MIN_DIGITS = 7;
    /** More digits without a space are no number: the longest have 15 (ITU-T E.164), an extension has up to 7. */
    private static final int MAX_DIGITS_IN_GROUP = 24;
    /** More digits on a line without a word are a table of figures and not forty phone numbers: bounds the time for such text. */
    private static final int MAX_DIGITS = 400;
    /** Spaces between groups; more separate columns. */
    private static final int MAX_SPACES = 3;

    private static final String JOINTS = "-\u2010\u2011\u2012\u2013.()[]/~";
    private static final String[] EXTENSIONS = {"extension", "extn", "ext.", "ext", "x"};

    private static final Pattern DECIMAL = Pattern.compile("[0-9]+[.][0-9]+");
    /** What has digits and joints but is no phone number: decimal fraction, dates, US social security number, dotted quad, years. */
    private static final Pattern OTHER_NUMBER = Pattern.compile(DECIMAL.pattern()
            + "|[0-9]{4}([-/.])[01]?[0-9]\\1[0-3]?[0-9]"
            + "|[0-3]?[0-9]([-/.])[0-3]?[0-9]\\2[0-9]{4}"
            + "|[0-9]{3}-[0-9]{2}-[0-9]{4}"
            + "|[0-9]{1,3}(?:[.][0-9]{1,3}){3}"
            + "|(?:19|20)[0-9]{2} ?[-\u2013] ?(?:19|20)[0-9]{2}");

    private final String text;
    private final Consumer<Candidate> candidates;
    private int start;
    private int end;
    private int digits;

    /** Half open, in UTF-16 units, with the number of digits inside. */
    record Candidate(int start, int end, int digits) {}

    private PhoneCandidates(String text, Consumer<Candidate> candidates) {
        this.text = text;
        this.candidates = candidates;
    }

    static void find(String text, Consumer<Candidate> candidates) {
        PhoneCandidates finder = new PhoneCandidates(text, candidates);
        int i = 0;
        while (i < text.length()) {
            i = Context.isDigitAt(text, i) ? finder.line(i) : i + 1;
        }
    }

    /** Whether a match is a number of another kind by its looks, or cut out of something longer. */
    static boolean isOtherNumber(String text, int start, int end) {
        char first = text.charAt(start);
        boolean opened = first == '(' || (first == '+' && !Context.isDigitAt(text, start - 1));
        boolean partOfWord = Context.isWordAt(text, start - 1) && !opened;
        boolean partOfNumber =
                start > 1 && ".,+".indexOf(text.charAt(start - 1)) >= 0 && Context.isWordAt(text, start - 2);
        boolean goesOn =
                end + 1 < text.length() && ".,-/".indexOf(text.charAt(end)) >= 0 && Context.isDigitAt(text, end + 1);
        Matcher matcher = OTHER_NUMBER.matcher(text).region(start, end);
        return partOfWord || partOfNumber || goesOn || matcher.matches();
    }

    /** Follows groups of digits from {@code first} on; returns where to look for the next. */
    private int line(int first) {
        open(first);
        int i = first;
        int groupEnd;
        do {
            groupEnd = endOfGroup(i);
            int count = (int) text.substring(i, groupEnd)
                    .chars()
                    .filter(c -> c >= '0' && c <= '9')
                    .count();
            if (count > MAX_DIGITS_IN_GROUP
                    || DECIMAL.matcher(text).region(i, groupEnd).matches()) {
                close();
                open(nextGroup(groupEnd));
            } else {
                digits += count;
                end = groupEnd;
            }
            i = nextGroup(groupEnd);
        } while (i > groupEnd && i < text.length() && (Context.isDigitAt(text, i) || text.charAt(i) == '('));
        close();
        return i;
    }

    private void open(int at) {
        start = at;
        end = at;
        digits = 0;
    }

    private void close() {
        if (digits >= MIN_DIGITS && digits <= MAX_DIGITS) {
            candidates.accept(new Candidate(withOpening(start), end, digits));
        }
    }

    /** After the last digit of what stands here without a space. */
    private int endOfGroup(int from) {
        int groupEnd = from;
        int i = from;
        while (i < text.length()) {
            if (Context.isDigitAt(text, i)) {
                groupEnd = ++i;
            } else if (JOINTS.indexOf(text.charAt(i)) >= 0) {
                i++;
            } else {
                break;
            }
        }
        return groupEnd;
    }

    /** Past spaces, joints and an extension sign to the next digit, or to what is no part of a number. */
    private int nextGroup(int groupEnd) {
        int i = skip(groupEnd, JOINTS.replace("(", ""));
        i = skip(i, " \u00A0");
        i = skip(i, "-\u2013/");
        i = skip(i, " \u00A0");
        for (String word : EXTENSIONS) {
            if (text.regionMatches(true, i, word, 0, word.length())) {
                int after = skip(i + word.length(), " ");
                return Context.isDigitAt(text, after) ? after : i;
            }
        }
        return i;
    }

    private int skip(int from, String characters) {
        int i = from;
        while (i < text.length() && i - from < MAX_SPACES && characters.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** A {@code +} or a bracket before the first digit belongs to the number. */
    private int withOpening(int first) {
        int opening = first;
        while (opening > 0 && first - opening < 3 && "+([".indexOf(text.charAt(opening - 1)) >= 0) {
            opening--;
        }
        return opening;
    }
}
