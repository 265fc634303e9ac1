package kindling.prep.pii;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kindling.prep.pii.FormTree.Written;

/**
 * Numbers of persons, taxpayers, patients and accounts that states give out, told apart in one pass: from each group of digits the {@link FormTree}
 * proposes, the check digit of each {@link IdNumber} decides, and words near the number make a weak proposal sure.
 */
final class IdNumberRecognizer implements Recognizer {
    /** "driver's license number is" has five words. */
    private static final int WORDS_BEFORE = 5;
    /** Letters and a space before the first digits, as in {@code AB 12 34 56 C}. */
    private static final int MAX_LETTERS_APART = 5;

    private static final char FIRST_IDEOGRAPH = '\u2E80';
    private static final char FIRST_THAI = '\u0E00';
    private static final char LAST_THAI = '\u0E7F';

    private static final List<IdNumber> NUMBERS = Stream.of(
                    AmericanNumbers.all(),
                    NorthAmericanNumbers.all(),
                    SouthAmericanNumbers.all(),
                    BritishNumbers.all(),
                    WestEuropeanNumbers.all(),
                    SouthEuropeanNumbers.all(),
                    NorthEuropeanNumbers.all(),
                    EastEuropeanNumbers.all(),
                    EastAsianNumbers.all(),
                    SouthAsianNumbers.all(),
                    SouthernNumbers.all())
            .flatMap(List::stream)
            .toList();

    private final FormTree forms = FormTree.of(NUMBERS);

    @Override
    public Set<String> types() {
        return NUMBERS.stream().map(IdNumber::type).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            if (!FormTree.isDigit(text.charAt(i))) {
                i++;
                continue;
            }
            int start = chunkStart(text, i);
            walk(text, start, found);
            walk(text, lettersBefore(text, start), found);
            i = chunkEnd(text, i);
        }
    }

    @Override
    public String canonical(String value) {
        StringBuilder characters = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (FormTree.isDigit(c) || FormTree.isLatin(c)) {
                characters.append(c);
            }
        }
        return characters.toString().toUpperCase(Locale.ROOT);
    }

    /** Back over the letters that a digit is joined to; -1 where they are too many for any form. */
    private static int chunkStart(String text, int digit) {
        int start = digit;
        while (start > 0 && digit - start <= FormTree.MAX_LETTERS && FormTree.isLatin(text.charAt(start - 1))) {
            start--;
        }
        return digit - start > FormTree.MAX_LETTERS ? -1 : start;
    }

    /** The start of a few letters that one character parts from here; -1 without. */
    private static int lettersBefore(String text, int start) {
        int end = start - 1;
        if (end <= 0 || FormTree.isLatin(text.charAt(end)) || !FormTree.isLatin(text.charAt(end - 1))) {
            return -1;
        }
        int first = end;
        while (first > 0 && end - first <= MAX_LETTERS_APART && FormTree.isLatin(text.charAt(first - 1))) {
            first--;
        }
        return end - first > MAX_LETTERS_APART ? -1 : first;
    }

    private static int chunkEnd(String text, int from) {
        int end = from;
        while (end < text.length() && (FormTree.isDigit(text.charAt(end)) || FormTree.isLatin(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private void walk(String text, int start, Found found) {
        FormTree node = start >= 0 && startsNumber(text, start) ? forms : null;
        int i = start;
        while (node != null && i < text.length()) {
            int end = FormTree.runEnd(text, i);
            node = node.after(text, i, end);
            i = end;
            if (node != null && !node.here().isEmpty() && endsNumber(text, i)) {
                decide(text, start, i, node.here(), found);
            }
        }
    }

    private void decide(String text, int start, int end, List<Written> candidates, Found found) {
        String value = canonical(text.substring(start, end));
        for (Written candidate : candidates) {
            IdNumber number = candidate.number();
            if (number.check().test(value)) {
                boolean named = Context.before(text, start, WORDS_BEFORE, number.words())
                        || Context.after(text, end, number.words());
                double score = candidate.form().strength().score(named, isWholeText(text, start, end));
                boolean sole = named || !isInRow(text, start, end, candidate.form());
                found.add(
                        number.type(), start, end, sole ? score : IdNumber.Strength.NEEDS_CONTEXT.score(false, false));
            }
        }
    }

    /** Not inside a word, an amount, a decimal fraction, a phone number, a path or a longer code. */
    private static boolean startsNumber(String text, int start) {
        if (start == 0) {
            return true;
        }
        char before = text.charAt(start - 1);
        boolean inCode = "-/".indexOf(before) >= 0 && joinsAt(text, start - 2);
        boolean inNumber = ".,:".indexOf(before) >= 0 && Context.isDigitAt(text, start - 2);
        return !joinsAt(text, start - 1) && !inCode && !inNumber && "+$€£¥%".indexOf(before) < 0;
    }

    private static boolean endsNumber(String text, int end) {
        if (end >= text.length()) {
            return true;
        }
        char next = text.charAt(end);
        boolean goesOn = "-/@".indexOf(next) >= 0 && joinsAt(text, end + 1);
        boolean fraction = ".,:".indexOf(next) >= 0 && Context.isDigitAt(text, end + 1);
        return !joinsAt(text, end) && !goesOn && !fraction && "%€$".indexOf(next) < 0;
    }

    /** A letter of a script that parts words by spaces; Thai, Chinese, Japanese and Korean letters may stand right beside a number. */
    private static boolean joinsAt(String text, int i) {
        if (!Context.isWordAt(text, i)) {
            return false;
        }
        char c = text.charAt(i);
        return c < FIRST_IDEOGRAPH && (c < FIRST_THAI || c > LAST_THAI);
    }

    /** Whether a number that is written with spaces stands in a row of numbers, which may be cut in many ways. */
    private static boolean isInRow(String text, int start, int end, IdNumber.Form form) {
        boolean before = start > 1 && text.charAt(start - 1) == ' ' && Context.isDigitAt(text, start - 2);
        boolean after = end < text.length() && text.charAt(end) == ' ' && Context.isDigitAt(text, end + 1);
        return form.pattern().indexOf(' ') >= 0 && (before || after);
    }

    private static boolean isWholeText(String text, int start, int end) {
        return text.length() - (end - start) <= 8
                && text.substring(0, start).isBlank()
                && text.substring(end).isBlank();
    }
}
