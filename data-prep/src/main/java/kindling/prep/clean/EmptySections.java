package kindling.prep.clean;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** Headings with no text before the next heading of their own or a higher rank: what remains of removed lists. */
final class EmptySections implements NodeFilter {
    private final Deque<Element> pending = new ArrayDeque<>();
    private final Set<Element> pruned;
    private boolean inHeading;

    private EmptySections(Set<Element> pruned) {
        this.pruned = pruned;
    }

    /** Adds the headings of empty sections to what is pruned. */
    static void prune(Element content, Set<Element> pruned) {
        EmptySections sections = new EmptySections(pruned);
        content.filter(sections);
        pruned.addAll(sections.pending);
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof Element element && pruned.contains(element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        if (node instanceof TextNode text && !inHeading && !text.isBlank()) {
            pending.clear();
        } else if (node instanceof Element element && isSubheading(element)) {
            while (!pending.isEmpty() && Layout.rank(pending.peek()) >= Layout.rank(element)) {
                pruned.add(pending.pop());
            }
            pending.push(element);
            inHeading = true;
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        inHeading &= !(node instanceof Element element && isSubheading(element));
        return FilterResult.CONTINUE;
    }

    private static boolean isSubheading(Element element) {
        return Layout.isHeading(element) && Layout.rank(element) > 1;
    }
}
