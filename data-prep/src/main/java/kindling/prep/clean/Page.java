package kindling.prep.clean;

import java.util.Objects;

/**
 * What was read from an HTML page.
 *
 * @param title of the document's head, or "" when it has none
 * @param url the page's own canonical address, or "" when it names none
 * @param text with a line for each line of the page and an empty line between paragraphs; "" when there is none
 * @param blank whether the page shows no text at all, so that an empty {@code text} of a page that is not blank means
 *     that nothing on it is main content
 */
public record Page(String title, String url, String text, boolean blank) {
    public Page {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(text, "text");
    }
}
