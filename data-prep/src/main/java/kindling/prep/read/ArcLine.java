package kindling.prep.read;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * The header of a record in an ARC file, which is one line: URL, IP address, date, content type, in version 2 further
 * fields, length. Old crawlers wrote what the format does not allow, and jwarc's parser therefore refuses: spaces in URLs
 * and content types, addresses that are none, short dates, CR LF; so fields are counted from the date, which is all
 * digits, and the length is the last.
 *
 * <p>Source: Burner, Kahle, Arc File Format, Internet Archive 1996,
 * <a href="https://archive.org/web/researcher/ArcFileFormat.php">archive.org</a>.
 */
record ArcLine(String url, String date, String contentType, long length) {
    private static final String VERSION_BLOCK = "filedesc:";
    private static final int FIELDS = 5; // in version 1
    private static final int DATE_DIGITS = 14; // yyyyMMddHHmmss; shorter ones are filled up with zeros
    private static final int LEAST_DATE_DIGITS = 8;
    private static final int MOST_DATE_DIGITS = 17; // with milliseconds
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    /** Whether a line that starts so can be a header. */
    static boolean startsAsUrl(byte first) {
        return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    }

    static Optional<ArcLine> parse(String line) {
        List<String> fields = List.of(line.strip().split(" ", -1));
        if (fields.size() < FIELDS || !isUrl(fields.get(0))) {
            return Optional.empty();
        }
        int date = 2;
        while (date < fields.size() && !isDate(fields.get(date))) {
            date++;
        }
        if (date > fields.size() - 3) {
            return Optional.empty();
        }
        String url = String.join(" ", fields.subList(0, date - 1));
        String time = instant(fields.get(date));
        String type = fields.get(date + 1);
        return RecordHead.length(fields.get(fields.size() - 1)).map(length -> new ArcLine(url, time, type, length));
    }

    private static boolean isUrl(String field) {
        int colon = field.indexOf(':');
        return colon > 0
                && startsAsUrl((byte) field.charAt(0))
                && field.substring(0, colon)
                        .chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0);
    }

    private static boolean isDate(String field) {
        return field.length() >= LEAST_DATE_DIGITS
                && field.length() <= MOST_DATE_DIGITS
                && field.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** In ISO 8601, or "" when there is no such date. */
    private static String instant(String digits) {
        String filled = (digits + "0".repeat(DATE_DIGITS)).substring(0, DATE_DIGITS);
        try {
            return LocalDateTime.parse(filled, DATE).toInstant(ZoneOffset.UTC).toString();
        } catch (DateTimeException e) {
            return "";
        }
    }

    RecordHead head(int bytes) {
        String type = url.startsWith(VERSION_BLOCK) ? "filedesc" : url.startsWith("dns:") ? "dns" : "response";
        return new RecordHead(type, url, date, "", contentType, "", false, bytes, length);
    }
}
