package kindling.jobs.rows;

import java.util.regex.Pattern;

/**
 * How many rows may fail before a job is given up, as a user writes it: {@code 5%}, or {@code 120}.
 *
 * @param number of rows, or of per cent
 */
public record ErrorLimit(double number, boolean share) {
    private static final Pattern ROWS = Pattern.compile("\\d{1,18}");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,2}(\\.\\d{1,9})?|100)%");

    /** @throws IllegalArgumentException when it is neither a number of rows nor a share of them */
    public static ErrorLimit of(String text) {
        boolean share = SHARE.matcher(text).matches();
        if (!share && !ROWS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "--fail-on-errors is a number of rows, or a share from 0% to 100%, got " + text);
        }
        return new ErrorLimit(Double.parseDouble(share ? text.substring(0, text.length() - 1) : text), share);
    }

    /** Rows that may fail among so many. */
    long most(long rows) {
        return share ? (long) Math.floor(rows * number / 100) : (long) number;
    }
}
