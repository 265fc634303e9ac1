package kindling.prep.clean;

import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** The text of an HTML page. */
public final class HtmlText {
    // Deeper elements become siblings: real pages stay below 100, and working up a path costs its length.
    private static final int MAX_DEPTH = 256;

    /** How much of a page to take. */
    public enum Mode {
        /** The main content, without navigation, advertisements, comments and link lists. */
        ARTICLE,
        /** Everything that is shown. */
        FULL
    }

    private HtmlText() {}

    /**
     * Extracts a page's text. Broken markup is read as browsers do; nesting deeper than 256 elements is flattened.
     *
     * <p>{@code extract("<nav>Home</nav><h1>Tea</h1><p>Boil water first.", "", Mode.ARTICLE).text()} is
     * {@code "Tea\n\nBoil water first."}.
     *
     * @param html the page, decoded
     * @param baseUrl where the page was found, for its relative links; may be ""
     */
    public static Page extract(String html, String baseUrl, Mode mode) {
        Document page = Parser.htmlParser().setMaxDepth(MAX_DEPTH).parseInput(html, baseUrl);
        String title = page.title();
        String url = canonicalUrl(page);
        Element body = page.body();
        Set<Element> pruned = Boilerplate.invisible(body);
        boolean blank = TextWeights.of(body, pruned).weigh(body).text == 0;
        Element content = mode == Mode.FULL ? body : MainContent.of(body, pruned);
        return new Page(title, url, Layout.textOf(content, pruned), blank);
    }

    private static String canonicalUrl(Document page) {
        Element link = page.head().selectFirst("link[rel=canonical]");
        String url = link == null ? "" : link.absUrl("href");
        return url.startsWith("http://") || url.startsWith("https://") ? url : "";
    }
}
