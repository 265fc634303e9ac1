package kindling.prep.clean;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as pages write them, as ISO 8601 writes them. Only spellings that leave no doubt are read. */
final class IsoDate {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final String TIME = "(?:(?:T|,?\\s{1,3})(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,]\\d{1,9})?)?"
            + "\\s?(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?)?.{0,40}";
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<y>\\d{4})(?<s>[-/.]?)(?<m>\\d\\d?)\\k<s>(?<d>\\d\\d?)(?!\\d)" + TIME);
    private static final Pattern DAY_FIRST = Pattern.compile(
            "(?:\\p{L}{3,9},?\\s)?(?<d>\\d\\d?)(?:st|nd|rd|th)?\\s(?<m>\\p{L}{3,9})\\.?,?\\s(?<y>\\d{4})" + TIME);
    private static final Pattern MONTH_FIRST = Pattern.compile(
            "(?:\\p{L}{3,9},?\\s)?(?<m>\\p{L}{3,9})\\.?\\s(?<d>\\d\\d?)(?:st|nd|rd|th)?,?\\s(?<y>\\d{4})" + TIME);
    private static final List<Pattern> SPELLINGS = List.of(YEAR_FIRST, DAY_FIRST, MONTH_FIRST);
    private static final Pattern ADDRESS =
            Pattern.compile("/((?:19|20)\\d\\d)([/-])(\\d\\d?|\\p{Alpha}{3})\\2(\\d\\d?)(?:[/_-]|$)");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final LocalDate EPOCH = LocalDate.EPOCH; // what software writes that knows no date
    private static final int FIRST_YEAR = 1000;

    private IsoDate() {}

    /**
     * A date or time in ISO 8601, or "" where a text is none or one after the given day.
     *
     * <p>{@code of("Nov 19, 2019 10:15 GMT", LocalDate.MAX)} is {@code "2019-11-19T10:15:00Z"}.
     */
    static String of(String text, LocalDate last) {
        String trimmed = text.strip();
        for (Pattern spelling : SPELLINGS) {
            Matcher match = spelling.matcher(trimmed);
            if (match.matches()) {
                return written(match, last).orElse("");
            }
        }
        return "";
    }

    /** The date in a path such as {@code /2019/11/19/} or {@code /2019/nov/19/}, year first with hyphens, or "". */
    static String inAddress(String url) {
        Matcher match = ADDRESS.matcher(url);
        return match.find() ? match.group(1) + "-" + month(match.group(3)) + "-" + match.group(4) : "";
    }

    private static Optional<String> written(Matcher match, LocalDate last) {
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(match.group("y")), month(match.group("m")), Integer.parseInt(match.group("d")));
            boolean possible = date.getYear() >= FIRST_YEAR && !date.equals(EPOCH) && !date.isAfter(last);
            return possible ? Optional.of(date + time(match)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int month(String text) {
        return Character.isDigit(text.charAt(0))
                ? Integer.parseInt(text)
                : 1 + MONTHS.indexOf(text.substring(0, 3).toLowerCase(Locale.ROOT)); // 0, and so no month, if unknown
    }

    /** The time of day and its zone, if given. */
    private static String time(Matcher match) {
        int hours = match.groupCount() - 3;
        if (match.group(hours) == null) {
            return "";
        }
        String seconds = match.group(hours + 2) == null ? "00" : match.group(hours + 2);
        LocalTime time = LocalTime.parse(match.group(hours) + ":" + match.group(hours + 1) + ":" + seconds);
        return "T" + time.format(CLOCK) + zone(match.group(hours + 3));
    }

    private static String zone(String zone) {
        if (zone == null) {
            return "";
        }
        return Character.isLetter(zone.charAt(0)) ? "Z" : ZoneOffset.of(zone).getId();
    }
}
