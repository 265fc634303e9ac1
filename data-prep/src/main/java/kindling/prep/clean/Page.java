package kindling.prep.clean;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was read from an HTML page.
 *
 * @param url the address that the page itself gives, or else where it was found, or ""
 * @param text with a line for each line of the page and an empty line between paragraphs; "" when there is none
 * @param blank whether the page shows no text at all, so that an empty {@code text} of a page that is not blank means
 *     that nothing on it is main content
 * @param meta what the page says about itself: {@code title}; {@code published}, an ISO 8601 date or time; {@code
 *     license}, an SPDX identifier where there is one, else an address; {@code site}, the name of the whole
 * @param wishes of its head about its use, lower case: the words of robots meta elements, such as {@code noindex} and
 *     {@code noai}, and {@code tdm-reservation}
 */
public record Page(String url, String text, boolean blank, Map<String, String> meta, Set<String> wishes) {
    public Page {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(text, "text");
        meta = Map.copyOf(meta);
        wishes = Set.copyOf(wishes);
    }
}
