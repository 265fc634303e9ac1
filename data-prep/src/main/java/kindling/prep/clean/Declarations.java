package kindling.prep.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/** The elements by which a page can say something about itself, gathered in one pass: few, so that many may ask. */
final class Declarations {
    private final List<Element> elements = new ArrayList<>();

    private Declarations() {}

    static Declarations of(Document page) {
        Declarations declarations = new Declarations();
        for (Element element : page.getAllElements()) {
            if (declares(element)) {
                declarations.elements.add(element);
            }
        }
        return declarations;
    }

    private static boolean declares(Element element) {
        return switch (element.normalName()) {
            case "meta", "link", "script", "h1", "time" -> true;
            case "a" -> element.hasAttr("rel") || License.isCommons(element.attr("href"));
            default -> element.hasAttr("itemprop");
        };
    }

    /** In the order of the page. */
    Stream<Element> matching(Evaluator evaluator) {
        return elements.stream().filter(element -> element.is(evaluator));
    }
}
