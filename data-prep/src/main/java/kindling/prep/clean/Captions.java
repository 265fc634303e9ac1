package kindling.prep.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;

/** What stands below pictures: sentences about something that is not in the text. */
final class Captions implements NodeFilter {
    private static final double MOST_OF_THE_PAGE = 0.6; // of its prose: a gallery, whose captions are the content

    private final TextWeights weights;
    private final Set<Element> pruned;
    private final List<Element> captions = new ArrayList<>();
    private int prose;

    private Captions(TextWeights weights, Set<Element> pruned) {
        this.weights = weights;
        this.pruned = pruned;
    }

    /** Prunes all captions of a page, or none where they are what the page consists of. */
    static void prune(Element body, TextWeights weights, Set<Element> pruned) {
        Captions found = new Captions(weights, pruned);
        body.filter(found);
        if (found.prose <= MOST_OF_THE_PAGE * weights.weigh(body).prose) {
            pruned.addAll(found.captions);
        }
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (!(node instanceof Element element) || pruned.contains(element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        if (!isCaption(element)) {
            return FilterResult.CONTINUE;
        }
        captions.add(element);
        prose += weights.weigh(element).prose;
        return FilterResult.SKIP_ENTIRELY;
    }

    private boolean isCaption(Element element) {
        return switch (element.normalName()) {
            case "figcaption" -> true;
            case "figure" -> !weights.weigh(element).structured;
            case "caption", "table", "body" -> false;
            default ->
                element.attributesSize() > 0
                        && element.className().toLowerCase(Locale.ROOT).contains("caption")
                        && Names.words(element.className()).stream().anyMatch(word -> word.endsWith("caption"));
        };
    }
}
