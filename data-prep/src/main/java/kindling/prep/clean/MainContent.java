package kindling.prep.clean;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Finds the part of a page that the page is about. */
final class MainContent {
    private static final double DESCEND_SHARE = 0.7; // of the parent's prose: below it, the siblings count too
    private static final double MARKED_SHARE = 0.4; // for elements whose own markup says that they are the content
    private static final int MIN_ARTICLE_CHARACTERS = 250; // three sentences
    private static final double MAX_LINK_DENSITY = 0.5;
    private static final double MAX_LINE_LINK_DENSITY = 0.8; // a single line of text may name several linked things
    private static final int MIN_LINKS = 3; // one or two links are a reference, more are a list
    private static final Evaluator MARKED = Selector.evaluatorOf("main, article, [role=main], [itemprop=articleBody]");
    private static final Set<String> PARTS = Set.of("ul", "ol", "dl", "blockquote", "pre");
    private static final Set<String> POINTS = Set.of("li", "dt", "dd", "td", "th");
    private static final Evaluator LISTS = Selector.evaluatorOf("ul, ol, dl, table, div, section, aside, li, form");

    private MainContent() {}

    /**
     * The smallest element that holds most of the page's prose, given the weights of all that is shown. Furniture,
     * captions and lists of links are added to what is pruned; where there is no prose at all and most of the rest is
     * links, the whole body is.
     */
    static Element of(Element body, TextWeights shown, Set<Element> pruned, Deadline deadline) {
        Boilerplate.prune(body, shown, pruned);
        TextWeights weights = TextWeights.of(body, pruned, deadline);
        if (weights.weigh(body).prose == 0 && weights.weigh(body).linkDensity() > MAX_LINK_DENSITY) {
            pruned.add(body);
            return body;
        }
        Captions.prune(body, weights, pruned);
        weights = TextWeights.of(body, pruned, deadline);
        Element content = narrow(body, weights);
        pruneLinkLists(content, weights, pruned);
        pruneLinkParagraphs(content, weights, pruned);
        EmptySections.prune(content, pruned);
        return content;
    }

    private static Element narrow(Element body, TextWeights weights) {
        Element content = body;
        for (Element next = body; next != null; next = heir(content, weights)) {
            content = next;
        }
        return content;
    }

    /**
     * The child that holds so much of its parent's prose that the other children are beside the point, or null: also
     * where the child is but one part of a longer document, as other sections or headings of the same rank show.
     */
    private static Element heir(Element parent, TextWeights weights) {
        int prose = weights.weigh(parent).prose;
        int outline = 0;
        for (Element child : parent.children()) {
            TextWeights.Weight weight = weights.weigh(child);
            boolean candidate = weight.prose >= MARKED_SHARE * prose && isContent(weight, weights.weigh(parent));
            if (candidate && hasBlocks(child) && (weight.prose >= DESCEND_SHARE * prose || child.is(MARKED))) {
                return isPart(child) || (outline & weight.headings) != 0 ? null : child;
            }
            outline |= weight.prose > 0 ? weight.headings : 0;
        }
        return null;
    }

    /** Whether there is prose enough to judge by; where sentences are few, what else stands there counts too. */
    private static boolean isContent(TextWeights.Weight child, TextWeights.Weight parent) {
        return child.prose >= MIN_ARTICLE_CHARACTERS
                || (child.prose > 0 && child.text - child.linked >= DESCEND_SHARE * (parent.text - parent.linked));
    }

    /** Whether a list, or a section beside others, is one part of the whole. */
    private static boolean isPart(Element child) {
        return PARTS.contains(child.normalName()) || (isSection(child) && hasSiblingSections(child));
    }

    private static boolean hasSiblingSections(Element child) {
        return child.parent().children().stream().anyMatch(sibling -> !sibling.equals(child) && isSection(sibling));
    }

    private static boolean isSection(Element element) {
        return element.normalName().equals("section");
    }

    /** Paragraphs that are nothing but a link lead to another page; where there is prose, they are beside it. */
    private static void pruneLinkParagraphs(Element content, TextWeights weights, Set<Element> pruned) {
        if (weights.weigh(content).prose == 0) {
            return;
        }
        for (Element paragraph : content.select("p")) {
            TextWeights.Weight weight = weights.weigh(paragraph);
            boolean point = POINTS.contains(paragraph.parent().normalName()); // of a list or table, judged as a whole
            if (!point && weight.links > 0 && weight.linkDensity() > MAX_LINE_LINK_DENSITY) {
                pruned.add(paragraph);
            }
        }
    }

    /** Inner lists first: what is around them is judged by what is left. */
    private static void pruneLinkLists(Element content, TextWeights weights, Set<Element> pruned) {
        Elements lists = content.select(LISTS);
        for (int i = lists.size() - 1; i >= 0; i--) {
            Element list = lists.get(i);
            TextWeights.Weight weight = weights.weigh(list);
            boolean part = !list.normalName().equals("li") || weight.headings != 0;
            double limit = hasBlocks(list) && weight.prose == 0 ? MAX_LINK_DENSITY : MAX_LINE_LINK_DENSITY;
            if (!list.equals(content) && part && weight.links >= MIN_LINKS && weight.linkDensity() > limit) {
                pruned.add(list);
                weights.discount(list, content);
            }
        }
    }

    private static boolean hasBlocks(Element element) {
        for (Node child : element.childNodes()) {
            if (child instanceof Element inner && Layout.isBlock(inner)) {
                return true;
            }
        }
        return false;
    }
}
