package kindling.prep.clean;

import java.util.HashSet;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Page furniture: what is not shown, and what is shown on every page of a site. */
final class Boilerplate {
    private static final Evaluator INVISIBLE =
            Selector.evaluatorOf("script, style, noscript, template, iframe, frame, frameset, svg, canvas,"
                    + " object, embed, audio, video, input, select, option, textarea, button, datalist, head, title, [hidden],"
                    + " [aria-hidden=true]:not(h1):not(h2), [style~=(?i)display\\s*:\\s*none],"
                    + " .sr-only, .screen-reader-text, .material-icons");
    private static final Evaluator FURNITURE =
            Selector.evaluatorOf("nav, footer, aside, menu, label, dialog, [role=navigation], [role=banner],"
                    + " [role=contentinfo], [role=search], [role=complementary], [role=menu], [role=menubar], [role=dialog],"
                    + " [role=alert], [role=toolbar]");
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

    private Boilerplate() {}

    /** What a browser does not show as text. */
    static Set<Element> invisible(Element body) {
        return new HashSet<>(body.select(INVISIBLE));
    }

    /** Prunes what its element, role, class or id calls furniture, unless it holds a good part of the page's prose. */
    static void prune(Element body, TextWeights weights, Set<Element> pruned) {
        int total = weights.weigh(body).prose;
        Elements furniture = body.select(FURNITURE);
        for (Element element : body.getAllElements()) {
            if (!element.equals(body) && isNamedAsFurniture(element)) {
                furniture.add(element);
            }
        }
        for (Element element : furniture) {
            int prose = weights.weigh(element).prose;
            if (quotes(element, weights)) {
                continue;
            }
            if (prose == 0 || prose < total * (isFrame(element) ? PROTECTED_FRAME : PROTECTED_SHARE)) {
                pruned.add(element);
            }
        }
    }

    /** Whether an element is a post of another site that the page shows. */
    private static boolean quotes(Element element, TextWeights weights) {
        Element child = element.firstElementChild();
        return child != null
                && child.normalName().equals("blockquote")
                && weights.weigh(child).text == weights.weigh(element).text;
    }

    private static boolean isFrame(Element element) {
        return element.normalName().equals("footer") || names(element, FRAME);
    }

    private static boolean isNamedAsFurniture(Element element) {
        if (element.normalName().equals("header")) {
            return element.closest(ARTICLE) == null;
        }
        return !Layout.isHeading(element) && names(element, WORDS);
    }

    private static boolean names(Element element, Set<String> words) {
        return names(element.className(), words) || names(element.id(), words);
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
