package kindling.prep.clean;

import java.time.LocalDate;
import java.util.Objects;

/**
 * Where and when a page was found.
 *
 * @param url its address, for its relative links; "" when unknown
 * @param fetched the day, after which nothing on the page was published; {@link LocalDate#MAX} when unknown
 */
public record Origin(String url, LocalDate fetched) {
    public static final Origin UNKNOWN = new Origin("", LocalDate.MAX);

    public Origin {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(fetched, "fetched");
    }
}
