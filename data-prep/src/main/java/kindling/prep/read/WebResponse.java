package kindling.prep.read;

import java.util.List;

/**
 * What a web server said about a page beside its content.
 *
 * @param url the page was asked for at, or ""
 * @param charset of the Content-Type header, or ""
 * @param date the page was fetched at, ISO 8601, or ""
 * @param robots the values of X-Robots-Tag headers
 * @param tdmReservation the value of the TDM-Reservation header, or ""
 */
record WebResponse(String url, String charset, String date, List<String> robots, String tdmReservation) {
    /** For pages that lie in a file of their own. */
    static final WebResponse NONE = new WebResponse("", "", "", List.of(), "");
}
