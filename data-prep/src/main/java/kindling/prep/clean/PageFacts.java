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

/** What a page says about itself. */
final class PageFacts {
    private static final Set<String> SEPARATORS =
            Set.of("|", "-", "\u2013", "\u2014", "\u00B7", "\u00BB", "::", "~", "\u2022");
    private static final Set<String> CRAWLERS = Set.of("robots", "slurp", "teoma"); // and every name that ends in "bot"

    private final Document page;
    private final Origin origin;
    private final Map<String, String> properties = new TreeMap<>();

    PageFacts(Document page, Origin origin) {
        this.page = page;
        this.origin = origin;
        for (Element meta : page.select("meta[content]")) {
            properties.putIfAbsent(nameOf(meta), meta.attr("content").strip());
        }
    }

    private static String nameOf(Element meta) {
        return (meta.hasAttr("property") ? meta.attr("property") : meta.attr("name")).toLowerCase(Locale.ROOT);
    }

    /** The canonical address, or the one that the Open Graph names, or where the page was found. */
    String url() {
        Element canonical = page.selectFirst("link[rel=canonical][href]");
        return Optional.ofNullable(canonical)
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
        JsonLd data = JsonLd.of(page);
        facts.put("title", title());
        facts.put("published", PublishedDate.of(page, properties, data, origin, url()));
        facts.put("license", License.of(page, properties, data));
        facts.put("site", property("og:site_name"));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    /** The document's title; without the name of the site where the page also gives it so. */
    private String title() {
        String title = page.title();
        Element heading = page.selectFirst("h1");
        String[] shorter = {property("og:title"), heading == null ? "" : heading.text()};
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
        for (Element meta : page.select("meta[name][content]")) {
            String name = nameOf(meta);
            String content = meta.attr("content").strip().toLowerCase(Locale.ROOT);
            if (CRAWLERS.contains(name) || name.endsWith("bot")) {
                wishes.addAll(List.of(content.split("[,\\s]+")));
            } else if (name.equals("tdm-reservation") && content.equals("1")) {
                wishes.add(name);
            }
        }
        return wishes;
    }

    private String property(String name) {
        return properties.getOrDefault(name, "");
    }
}
