package kindling.prep.pii;

/** Days as numbers of persons carry them: two digits each for year, month and day, without a century. */
final class DayOfBirth {
    private static final int[] LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private DayOfBirth() {}

    /** Whether the month has such a day in this year, of which the last two digits are enough. */
    static boolean isDay(int year, int month, int day) {
        boolean inMonth = month >= 1 && month <= 12 && day >= 1 && day <= LENGTHS[month - 1];
        return inMonth && (month != 2 || day < 29 || year % 4 == 0);
    }

    /** Whether six digits from {@code at} on are year, month and day. */
    static boolean isYearMonthDay(CharSequence digits, int at) {
        return isDay(pair(digits, at), pair(digits, at + 2), pair(digits, at + 4));
    }

    /** Whether six digits from {@code at} on are day, month and year. */
    static boolean isDayMonthYear(CharSequence digits, int at) {
        return isDay(pair(digits, at + 4), pair(digits, at + 2), pair(digits, at));
    }

    /** The two digits from {@code at} on. */
    static int pair(CharSequence digits, int at) {
        return Checksum.number(digits, at, at + 2);
    }
}
