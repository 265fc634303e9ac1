package kindling.prep.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** When a page was published, as it says itself. */
final class PublishedDate {
    private static final List<String> NAMES =
            List.of(("datepublished date dc.date dc.date.issued dc.date.created dcterms.date dcterms.issued"
                            + " dcterms.created citation_publication_date citation_date citation_online_date pubdate publishdate"
                            + " publish-date publish_date publication_date published_date date_published article.published"
                            + " og:published_time parsely-pub-date sailthru.date cxenseparse:recs:publishtime")
                    .split(" "));
    private static final Evaluator MARKED = Selector.evaluatorOf("[itemprop=datePublished]");
    private static final Evaluator TIMES =
            Selector.evaluatorOf("time[pubdate], article time[datetime], main time[datetime]");
    private static final int MAX_MARKS = 20; // a page of many dates is a list of other pages
    private static final Evaluator OTHERS =
            Selector.evaluatorOf("nav, aside, footer, [itemprop=comment], [id*=comment], [class*=comment]");

    private PublishedDate() {}

    /**
     * An ISO 8601 date or time, or "": the first valid of article:published_time, JSON-LD's and then microdata's
     * datePublished, the usual meta names, the first time element of the article, the date in the address.
     */
    static String of(Declarations page, Map<String, String> properties, JsonLd data, Origin origin, String url) {
        List<String> candidates = new ArrayList<>();
        candidates.add(properties.getOrDefault("article:published_time", ""));
        candidates.add(data.first("datePublished"));
        page.matching(MARKED).limit(MAX_MARKS).forEach(element -> addValue(element, candidates));
        NAMES.forEach(name -> candidates.add(properties.getOrDefault(name, "")));
        page.matching(TIMES).limit(MAX_MARKS).forEach(element -> addValue(element, candidates));
        candidates.add(IsoDate.inAddress(url));
        return candidates.stream()
                .map(candidate -> IsoDate.of(candidate, origin.fetched()))
                .filter(date -> !date.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static void addValue(Element element, List<String> candidates) {
        if (element.closest(OTHERS) == null) {
            candidates.add(element.hasAttr("content") ? element.attr("content") : element.attr("datetime"));
            candidates.add(element.ownText());
        }
    }
}
