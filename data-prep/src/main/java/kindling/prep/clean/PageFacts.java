package kindling.prep.clean;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** What a page says about itself. */
final class PageFacts {
    private static final Set<String> SEPARATORS =
            Set.of("|", "-", "\u2013", "\u2014", "\u00B7", "\u00BB", "::", "~", "\u2022");
    private static final Set<String> CRAWLERS = Set.of("robots", "slurp", "teoma"); // and every name that ends in "bot"

    private static final Evaluator METAS = Selector.evaluatorOf("meta[content]");
    private static final Evaluator CANONICAL = Selector.evaluatorOf("link[rel=canonical][href]");
    private static final Evaluator HEADING = Selector.evaluatorOf("h1");

    private final Document page;
    private final Declarations declarations;
    private final Origin origin;
    private final Map<String, String> properties = new TreeMap<>();

    PageFacts(Document page, Origin origin) {
        this.page = page;
        this.origin = origin;
        this.declarations = Declarations.of(page);
        declarations
                .matching(METAS)
                .forEach(meta -> properties.putIfAbsent(
                        nameOf(meta), meta.attr("content").strip()));
    }

    private static String nameOf(Element meta) {
        return (meta.hasAttr("property") ? meta.attr("property") : meta.attr("name")).toLowerCase(Locale.ROOT);
    }

    /** The canonical address, or the one that the Open Graph names, or where the page was found. */
    String url() {
        return declarations
                .matching(CANONICAL)
                .findFirst()
                .map(link -> link.absUrl("href"))
                .filter(PageFacts::isWebAddress)
                .or(() -> Optional.of(property("og:url")).filter(PageFacts::isWebAddress))
                .orElse(origin.url());
    }

    private static boolean isWebAddress(String url) {
        return url.startsWith("http://") || url.startsWith("https://");
    }

    Map<String, String> meta() {
        Map<String, String> facts = new TreeMap<>();
        JsonLd data = JsonLd.of(declarations);
        facts.put("title", title());
        facts.put("published", PublishedDate.of(declarations, properties, data, origin, url()));
        facts.put("license", License.of(declarations, properties, data));
        facts.put("site", property("og:site_name"));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    /** The document's title; without the name of the site where the page also gives it so. */
    private String title() {
        String title = page.title();
        String heading =
                declarations.matching(HEADING).findFirst().map(Element::text).orElse("");
        String[] shorter = {property("og:title"), heading};
        for (String candidate : shorter) {
            if (title.isEmpty() || (!candidate.isEmpty() && isTitleWithoutSite(candidate, title))) {
                title = candidate;
            }
        }
        return title;
    }

    /** {@code "Green tea"} is {@code "Green tea | The Tea Shop"} or {@code "Tea Shop - Green tea"} without the site. */
    private static boolean isTitleWithoutSite(String candidate, String title) {
        boolean first = title.startsWith(candidate);
        if (candidate.length() >= title.length() || !(first || title.endsWith(candidate))) {
            return false;
        }
        String rest = first
                ? title.substring(candidate.length()).strip()
                : title.substring(0, title.length() - candidate.length()).strip();
        List<String> words = List.of(rest.split(" "));
        return SEPARATORS.contains(first ? words.get(0) : words.get(words.size() - 1));
    }

    /** The words of every robots meta element, and {@code tdm-reservation} where text and data mining is reserved. */
    Set<String> wishes() {
        Set<String> wishes = new HashSet<>();
        declarations.matching(METAS).forEach(meta -> addWishes(nameOf(meta), meta.attr("content"), wishes));
        return wishes;
    }

    private static void addWishes(String name, String content, Set<String> wishes) {
        if (CRAWLERS.contains(name) || name.endsWith("bot")) {
            wishes.addAll(List.of(content.strip().toLowerCase(Locale.ROOT).split("[,\\s]+")));
        } else if (name.equals("tdm-reservation") && content.strip().equals("1")) {
            wishes.add(name);
        }
    }

    private String property(String name) {
        return properties.getOrDefault(name, "");
    }
}
