package kindling.prep.clean;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
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
        FULL,
        /** The markup itself. */
        NONE
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
        return extract(html, new Origin(baseUrl, Origin.UNKNOWN.fetched()), mode, Deadline.never());
    }

    /**
     * As {@link #extract(String, String, Mode)}, but not for ever.
     *
     * @throws Deadline.Passed when the time is over
     */
    public static Page extract(String html, Origin origin, Mode mode, Deadline deadline) {
        Document page = Parser.htmlParser()
                .setMaxDepth(MAX_DEPTH)
                .parseInput(new TimedReader(new StringReader(html), deadline), origin.url());
        PageFacts facts = new PageFacts(page, origin);
        Element body = page.body();
        Set<Element> pruned = Invisible.in(body);
        TextWeights shown = TextWeights.of(body, pruned, deadline);
        boolean blank = shown.weigh(body).text == 0;
        String text = switch (mode) {
            case NONE -> html;
            case FULL -> Layout.textOf(body, pruned, deadline);
            case ARTICLE -> Layout.textOf(MainContent.of(body, shown, pruned, deadline), pruned, deadline);
        };
        return new Page(facts.url(), text, blank, facts.meta(), facts.wishes());
    }

    /** Ends parsing where the time is over. */
    private static final class TimedReader extends Reader {
        private final StringReader in;
        private final Deadline deadline;

        TimedReader(StringReader in, Deadline deadline) {
            this.in = in;
            this.deadline = deadline;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            deadline.look();
            return in.read(target, offset, length);
        }

        @Override
        public void close() {
            in.close();
        }
    }
}
