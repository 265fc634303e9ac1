package kindling.prep.clean;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;

/** What a browser does not show as text: one pass over the tree. */
final class Invisible implements NodeFilter {
    private static final Set<String> NAMES =
            Set.of(("script style noscript template iframe frame frameset svg canvas object embed audio video input"
                            + " select option textarea button datalist head title")
                    .split(" "));
    private static final List<String> CLASSES = List.of("sr-only", "screen-reader-text", "material-icons");
    private static final Pattern NOT_DISPLAYED =
            Pattern.compile("display\\s{0,9}:\\s{0,9}none", Pattern.CASE_INSENSITIVE);

    private final Set<Element> found = new HashSet<>();

    private Invisible() {}

    static Set<Element> in(Element body) {
        Invisible invisible = new Invisible();
        body.filter(invisible);
        return invisible.found;
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (!(node instanceof Element element) || !isInvisible(element)) {
            return FilterResult.CONTINUE;
        }
        found.add(element);
        return FilterResult.SKIP_ENTIRELY;
    }

    private static boolean isInvisible(Element element) {
        if (NAMES.contains(element.normalName())) {
            return true;
        }
        return element.attributesSize() > 0
                && (element.hasAttr("hidden")
                        || isHiddenFromReaders(element)
                        || NOT_DISPLAYED.matcher(element.attr("style")).find()
                        || CLASSES.stream().anyMatch(element::hasClass));
    }

    /** Icons and copies; but some sites hide the heading that they show. */
    private static boolean isHiddenFromReaders(Element element) {
        return element.attr("aria-hidden").equals("true") && !(Layout.isHeading(element) && Layout.rank(element) <= 2);
    }
}
