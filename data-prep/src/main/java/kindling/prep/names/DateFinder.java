package kindling.prep.names;

import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/**
 * Dates and times: {@code 2024-02-29}, {@code 29.2.2024}, {@code 2/29/2024}, with a time of day behind; days and months by name, with day, year or both; days of the
 * week; and a year alone where a word such as "in" or "since" stands before it.
 *
 * <p>Time is linear in the text's length. Immutable and safe for use by many threads.
 */
public final class DateFinder {
    private static final double FORM = 0.8;
    private static final double NAMED = 0.6;
    private static final double YEAR = 0.5;

    private final Vocabulary vocabulary;
    private final Set<String> months;
    private final Set<String> days;
    private final Set<String> yearCues;

    /** Takes what is found. */
    @FunctionalInterface
    public interface Dates {
        /** A date {@code [start, end)} in UTF-16 units, with a score of 0 … 1. */
        void add(int start, int end, double score);
    }

    public DateFinder() {
        Cues cues = Cues.shared();
        vocabulary = new Vocabulary(Lexicon.shared(), cues);
        months = cues.list("month");
        days = cues.list("weekday");
        yearCues = cues.list("before-year");
    }

    /** Hands over every date, from left to right. */
    public void find(String text, Dates dates) {
        Tokens tokens = Tokens.of(text, vocabulary);
        int i = 0;
        while (i < tokens.count()) {
            int end = formEnd(tokens, i);
            double score = FORM;
            if (end == i) {
                end = namedEnd(tokens, i);
                score = NAMED;
            }
            if (end == i && isYear(tokens, i) && yearCues.contains(tokens.lower(i - 1)) && !tokens.isNumber(i + 1)) {
                end = i + 1;
                score = YEAR;
            }
            if (end > i) {
                end = timeEnd(tokens, end);
                dates.add(tokens.start(i), tokens.end(end - 1), score);
            }
            i = Math.max(end, i + 1);
        }
    }

    /** Three numbers with the same mark between: year, month and day in an order that is used somewhere. */
    private static int formEnd(Tokens tokens, int i) {
        boolean joined = tokens.isNumber(i)
                && tokens.isNumber(i + 2)
                && tokens.isNumber(i + 4)
                && !isJoined(tokens, i - 1)
                && !isJoined(tokens, i + 5);
        for (int k = i + 1; joined && k < i + 5; k++) {
            joined = tokens.touches(k);
        }
        if (!joined || !sameMark(tokens, i + 1, i + 3)) {
            return i;
        }
        int first = number(tokens, i);
        int second = number(tokens, i + 2);
        int last = number(tokens, i + 4);
        boolean yearFirst = tokens.length(i) == 4 && isYear(first) && isDay(second, last);
        boolean yearLast = (tokens.length(i + 4) == 4 ? isYear(last) : tokens.length(i + 4) == 2)
                && (isDay(first, second) || isDay(second, first));
        return yearFirst || yearLast ? i + 5 : i;
    }

    private static boolean isJoined(Tokens tokens, int token) {
        boolean mark = tokens.isMark(token, '.') || tokens.isMark(token, '-') || tokens.isMark(token, '/');
        int number = tokens.isNumber(token + 1) && tokens.isNumber(token - 1) ? token + 1 : -1;
        return mark && number > 0 && tokens.touches(token) && tokens.touches(number);
    }

    private static boolean sameMark(Tokens tokens, int first, int second) {
        return (tokens.isMark(first, '-') && tokens.isMark(second, '-'))
                || (tokens.isMark(first, '/') && tokens.isMark(second, '/'))
                || (tokens.isMark(first, '.') && tokens.isMark(second, '.'));
    }

    private static boolean isDay(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static boolean isYear(int number) {
        return number >= 1000 && number <= 2199;
    }

    private static boolean isYear(Tokens tokens, int i) {
        int year = tokens.isNumber(i) && tokens.length(i) == 4 ? number(tokens, i) : 0;
        return year >= 1800 && year <= 2199;
    }

    /** The value of up to four digits, or -1; "3rd" is 3. */
    private static int number(Tokens tokens, int i) {
        String digits = tokens.lower(i);
        for (String ordinal : new String[] {"st", "nd", "rd", "th", "er"}) {
            digits = digits.endsWith(ordinal) ? digits.substring(0, digits.length() - 2) : digits;
        }
        boolean small =
                digits.length() <= 4 && !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return small ? Integer.parseInt(digits) : -1;
    }

    /** "Monday", "Monday, 12 May 2020", "12. Mai 2020", "May 12th, 2020", "May 2020", "12 May"; a month alone is none. */
    private int namedEnd(Tokens tokens, int i) {
        if (tokens.isCapital(i) && days.contains(tokens.lower(i))) {
            int date = tokens.isMark(i + 1, ',') ? i + 2 : i + 1;
            int end = monthEnd(tokens, date);
            return end > date ? end : tokens.length(i) > 3 ? i + 1 : i;
        }
        return monthEnd(tokens, i);
    }

    private int monthEnd(Tokens tokens, int i) {
        int month = i;
        boolean day = tokens.isNumber(i) && number(tokens, i) >= 1 && number(tokens, i) <= 31;
        if (day) {
            month = tokens.isMark(i + 1, '.') || tokens.lower(i + 1).equals("of") ? i + 2 : i + 1;
        }
        if (!tokens.isWord(month)
                || !months.contains(tokens.lower(month))
                || (!day && !tokens.isCapital(month) && tokens.length(month) < 4)) {
            return i;
        }
        int end = tokens.isMark(month + 1, '.') && tokens.length(month) <= 4 ? month + 2 : month + 1;
        if (!day && tokens.isNumber(end) && number(tokens, end) >= 1 && number(tokens, end) <= 31) {
            end++;
            day = true;
        }
        int year = tokens.isMark(end, ',') ? end + 1 : end;
        boolean dated = tokens.isNumber(year) && tokens.length(year) == 4 && isYear(number(tokens, year));
        return dated ? year + 1 : day ? end : i;
    }

    /** The end of " 11:34:35" or "T11:34Z" behind a date. */
    private static int timeEnd(Tokens tokens, int end) {
        boolean clock = tokens.isNumber(end)
                && tokens.isMark(end + 1, ':')
                && tokens.isNumber(end + 2)
                && tokens.breaksBefore(end) == 0;
        if (!clock) {
            return end;
        }
        return tokens.isMark(end + 3, ':') && tokens.isNumber(end + 4) ? end + 5 : end + 3;
    }
}
