package kindling.prep.clean;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** The elements and texts of a tree without what was pruned, one after the other and without recursion. */
final class ShownText implements NodeFilter {
    private final Set<Element> pruned;
    private final Deadline deadline;
    private final Reader reader;

    /** What is told of them, in the order of the page. */
    interface Reader {
        void open(Element element);

        void text(String text);

        void close(Element element);
    }

    private ShownText(Set<Element> pruned, Deadline deadline, Reader reader) {
        this.pruned = pruned;
        this.deadline = deadline;
        this.reader = reader;
    }

    static void read(Element root, Set<Element> pruned, Deadline deadline, Reader reader) {
        root.filter(new ShownText(pruned, deadline, reader));
    }

    @Override
    public FilterResult head(Node node, int depth) {
        deadline.glance();
        if (node instanceof TextNode text) {
            reader.text(text.getWholeText());
        } else if (node instanceof Element element) {
            if (pruned.contains(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            reader.open(element);
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            reader.close(element);
        }
        return FilterResult.CONTINUE;
    }
}
