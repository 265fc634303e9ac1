package kindling.prep.pii;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A day in a text, in UTF-16 units: {@code 2/8/1935}, {@code 1980-03-05}, {@code 5. März 1980}, {@code le 1er mars 1980}, {@code March 5th, 1980},
 * {@code 5 de marzo de 1980}. Months have the names and abbreviations of English, German, French, Spanish, Italian, Portuguese and Dutch.
 */
record WrittenDate(int start, int end) {
    private static final int EARLIEST = 1850;
    private static final int LATEST = 2099;
    private static final int LONGEST_MONTH = 12;

    private static final Map<String, Integer> MONTHS = months(
            "january jan januar januari janvier janv enero ene gennaio gen janeiro jänner",
            "february feb februar februari février févr febrero febbraio febb fevereiro fev",
            "march mar märz mrz maart mrt mars marzo março",
            "april apr avril avr abril abr aprile",
            "may mai mei mayo maggio mag maio",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug augustus août aout agosto ago",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre déc diciembre dic dicembre dezembro");

    /** The date whose first digit stands at {@code digit}; null for none. */
    static WrittenDate at(String text, int digit) {
        if (Context.isWordAt(text, digit - 1)
                || (digit > 1 && "./-,".indexOf(text.charAt(digit - 1)) >= 0 && Context.isDigitAt(text, digit - 2))) {
            return null;
        }
        int first = digitsEnd(text, digit);
        if (first - digit == 4) {
            return numeric(text, digit, first);
        }
        if (first - digit > 2) {
            return null;
        }
        WrittenDate date = numeric(text, digit, first);
        date = date == null ? dayMonthYear(text, digit, first) : date;
        return date == null ? monthDayYear(text, digit, first) : date;
    }

    static int digitsEnd(String text, int from) {
        int end = from;
        while (Context.isDigitAt(text, end)) {
            end++;
        }
        return end;
    }

    /** Three numbers with one kind of separator. */
    private static WrittenDate numeric(String text, int start, int firstEnd) {
        int second = firstEnd < text.length() && "./-".indexOf(text.charAt(firstEnd)) >= 0 ? firstEnd + 1 : firstEnd;
        int secondEnd = digitsEnd(text, second);
        boolean same =
                second > firstEnd && secondEnd < text.length() && text.charAt(secondEnd) == text.charAt(firstEnd);
        int third = same ? secondEnd + 1 : secondEnd;
        int thirdEnd = digitsEnd(text, third);
        boolean written = secondEnd > second
                && secondEnd - second <= 2
                && thirdEnd > third
                && thirdEnd - third <= 4
                && !goesOn(text, thirdEnd, text.charAt(firstEnd));
        return written
                        && isDay(
                                text.substring(start, firstEnd),
                                text.substring(second, secondEnd),
                                text.substring(third, thirdEnd))
                ? new WrittenDate(start, thirdEnd)
                : null;
    }

    private static boolean goesOn(String text, int end, char separator) {
        boolean separated = end < text.length() && text.charAt(end) == separator && Context.isDigitAt(text, end + 1);
        boolean time = text.startsWith("T", end) && Context.isDigitAt(text, end + 1);
        return separated || (Context.isWordAt(text, end) && !time);
    }

    /** The year first, or day and month in either order and then the year with two or four digits. */
    private static boolean isDay(String first, String second, String third) {
        int a = Integer.parseInt(first);
        int b = Integer.parseInt(second);
        int c = Integer.parseInt(third);
        if (first.length() == 4) {
            return isYear(a) && third.length() <= 2 && DayOfBirth.isDay(a, b, c);
        }
        boolean year = third.length() == 2 || (third.length() == 4 && isYear(c));
        return year && (DayOfBirth.isDay(c, b, a) || DayOfBirth.isDay(c, a, b));
    }

    private static WrittenDate dayMonthYear(String text, int start, int dayEnd) {
        int month = skip(text, ordinalEnd(text, dayEnd), "of", "de", "di");
        int monthEnd = lettersEnd(text, month);
        int year = skip(text, monthEnd, "de", "del", "of");
        int yearEnd = digitsEnd(text, Math.min(year, text.length()));
        return isMonth(text, month, monthEnd) && isYear(text, year, yearEnd) && isDay(text, start, dayEnd)
                ? new WrittenDate(start, yearEnd)
                : null;
    }

    private static WrittenDate monthDayYear(String text, int day, int dayEnd) {
        int monthEnd = day;
        while (monthEnd > 0 && day - monthEnd < 3 && " .\u00A0".indexOf(text.charAt(monthEnd - 1)) >= 0) {
            monthEnd--;
        }
        int month = monthEnd;
        while (month > 0 && monthEnd - month <= LONGEST_MONTH && Character.isLetter(text.charAt(month - 1))) {
            month--;
        }
        int year = skip(text, ordinalEnd(text, dayEnd), "of");
        int yearEnd = digitsEnd(text, Math.min(year, text.length()));
        boolean apart = year > dayEnd && monthEnd < day;
        return apart && isMonth(text, month, monthEnd) && isYear(text, year, yearEnd) && isDay(text, day, dayEnd)
                ? new WrittenDate(month, yearEnd)
                : null;
    }

    /** Past {@code st}, {@code nd}, {@code rd}, {@code th}, {@code er}, {@code º}. */
    private static int ordinalEnd(String text, int dayEnd) {
        for (String ending : new String[] {"st", "nd", "rd", "th", "er", "º", "°"}) {
            if (text.startsWith(ending, dayEnd)) {
                return dayEnd + ending.length();
            }
        }
        return dayEnd;
    }

    /** Past a stop or comma or dash, spaces, and one of these words with its space. */
    private static int skip(String text, int from, String... words) {
        int i = skipSigns(text, from);
        for (String word : words) {
            if (text.startsWith(word, i)
                    && i + word.length() < text.length()
                    && text.charAt(i + word.length()) == ' ') {
                return skipSigns(text, i + word.length());
            }
        }
        return i;
    }

    private static int skipSigns(String text, int from) {
        int i = from;
        while (i < text.length() && i - from < 3 && " .,-\u00A0\n".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static int lettersEnd(String text, int from) {
        int end = from;
        while (end < text.length() && end - from <= LONGEST_MONTH && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isMonth(String text, int start, int end) {
        return end - start >= 3 && MONTHS.containsKey(text.substring(start, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isDay(String text, int start, int end) {
        int day = Checksum.number(text, start, end);
        return day >= 1 && day <= 31;
    }

    private static boolean isYear(String text, int start, int end) {
        return end - start == 4 && isYear(Checksum.number(text, start, end)) && !Context.isWordAt(text, end);
    }

    private static boolean isYear(int year) {
        return year >= EARLIEST && year <= LATEST;
    }

    private static Map<String, Integer> months(String... names) {
        Map<String, Integer> months = new HashMap<>();
        for (int month = 0; month < names.length; month++) {
            for (String name : names[month].split(" ", -1)) {
                months.put(name, month + 1);
            }
        }
        return Map.copyOf(months);
    }
}
