package kindling.prep.clean;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.Selector;

/** Page furniture: what is shown on every page of a site. */
final class Boilerplate implements NodeFilter {
    private static final Set<String> ELEMENTS = Set.of("nav", "footer", "aside", "menu", "label", "dialog");
    private static final Set<String> ROLES = Set.of(
            "navigation",
            "banner",
            "contentinfo",
            "search",
            "complementary",
            "menu",
            "menubar",
            "dialog",
            "alert",
            "toolbar");
    private static final Evaluator ARTICLE = Selector.evaluatorOf("article, main, [role=main]");
    private static final Set<String> WORDS =
            Set.of(("nav navbar navigation navlist menu submenu breadcrumb breadcrumbs crumbs sidebar footer"
                            + " masthead skip comment comments disqus respond share sharing sharer social sociable"
                            + " related recommended recommendations recirc promo promos promotion sponsor sponsored ad"
                            + " ads adv advert advertisement advertising newsletter newsletters subscribe subscription"
                            + " signup popup modal overlay cookie cookies consent gdpr pagination pager paging toolbar"
                            + " outbrain taboola copyright login search byline timestamp dateline tags taglist trending"
                            + " popular widget noprint print hidden legal disclaimer feedback rating ratings paywall"
                            + " author authors bio readmore more jumplink credit cta crumb banner"
                            + " lineno linenos linenumber linenumbers")
                    .split(" "));
    private static final Set<String> FRAME = Set.of("footer", "copyright", "cookie", "cookies", "consent", "gdpr");
    private static final double PROTECTED_SHARE = 0.4; // of the page's prose: a name cannot condemn the content itself
    private static final double PROTECTED_FRAME = 0.9; // what frames the page can be longer than the page, but not all

    private final TextWeights weights;
    private final Set<Element> pruned;
    private final Element body;
    private final Map<String, Boolean> seen = new HashMap<>(); // pages have many elements of few classes

    private Boilerplate(Element body, TextWeights weights, Set<Element> pruned) {
        this.body = body;
        this.weights = weights;
        this.pruned = pruned;
    }

    /** Prunes what its element, role, class or id calls furniture, unless it holds a good part of the page's prose. */
    static void prune(Element body, TextWeights weights, Set<Element> pruned) {
        body.filter(new Boilerplate(body, weights, pruned));
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (!(node instanceof Element element) || element.equals(body)) {
            return FilterResult.CONTINUE;
        }
        if (!pruned.contains(element) && (!isFurniture(element) || isProtected(element))) {
            return FilterResult.CONTINUE;
        }
        pruned.add(element);
        return FilterResult.SKIP_ENTIRELY;
    }

    private boolean isProtected(Element element) {
        int prose = weights.weigh(element).prose;
        double share = isFrame(element) ? PROTECTED_FRAME : PROTECTED_SHARE;
        return (prose > 0 && prose >= share * weights.weigh(body).prose) || quotes(element, weights);
    }

    /** Whether an element is a post of another site that the page shows. */
    private static boolean quotes(Element element, TextWeights weights) {
        Element child = element.firstElementChild();
        return child != null
                && child.normalName().equals("blockquote")
                && weights.weigh(child).text == weights.weigh(element).text;
    }

    private static boolean isFrame(Element element) {
        return element.normalName().equals("footer") || names(element.className(), FRAME) || names(element.id(), FRAME);
    }

    private boolean isFurniture(Element element) {
        if (element.normalName().equals("header")) {
            return element.closest(ARTICLE) == null;
        }
        return ELEMENTS.contains(element.normalName())
                || (element.attributesSize() > 0
                        && (ROLES.contains(element.attr("role")) || (!Layout.isHeading(element) && isNamed(element))));
    }

    private boolean isNamed(Element element) {
        return isNamed(element.className()) || names(element.id(), WORDS);
    }

    private boolean isNamed(String name) {
        return !name.isEmpty() && seen.computeIfAbsent(name, unseen -> names(unseen, WORDS));
    }

    private static boolean names(String name, Set<String> words) {
        for (String word : Names.words(name)) {
            if (words.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
