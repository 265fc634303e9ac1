package kindling.prep.clean;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * The licence that a page's author declares for it: a link with {@code rel=license} (HTML Living Standard, 4.6.7.11),
 * schema.org's or Dublin Core's property, or a Creative Commons link in the page's footer. Links in comments,
 * quotations and below pictures speak of something else.
 */
final class License {
    private static final Evaluator DECLARED =
            Selector.evaluatorOf("link[rel~=(?i)(^|\\s)license(\\s|$)][href], a[rel~=(?i)(^|\\s)license(\\s|$)][href]");
    private static final Evaluator IN_FOOTER = Selector.evaluatorOf(
            "footer a[href*=creativecommons.org/], [role=contentinfo] a[href*=creativecommons.org/],"
                    + " [id*=footer] a[href*=creativecommons.org/], [class*=footer] a[href*=creativecommons.org/]");
    private static final Evaluator OTHERS =
            Selector.evaluatorOf("figure, figcaption, blockquote, [id*=comment], [class*=comment], [itemprop=comment]");
    private static final Pattern CREATIVE_COMMONS = Pattern.compile(
            "(?:https?:)?//(?:www\\.)?creativecommons\\.org/licenses/(by(?:-nc)?(?:-nd|-sa)?)/(\\d\\.\\d)(?:/([a-z]{2,3}))?(?:/.*)?");
    private static final Pattern NAMED = Pattern.compile(
            "(?:https?:)?//(?:www\\.)?(?:spdx\\.org/licenses|opensource\\.org/licenses?)/([A-Za-z0-9.-]{2,40}?)(?:\\.html|/)?");
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "creativecommons.org/publicdomain/zero/1.0", "CC0-1.0",
            "creativecommons.org/publicdomain/mark/1.0", "CC-PDM-1.0",
            "apache.org/licenses/license-2.0", "Apache-2.0",
            "gnu.org/licenses/fdl-1.3", "GFDL-1.3");

    private License() {}

    /** An SPDX identifier where there is one for what is declared, else its address, or "" where nothing is. */
    static String of(Declarations page, Map<String, String> properties, JsonLd data) {
        return first(page, DECLARED)
                .or(() -> given(data.first("license")))
                .or(() -> given(properties.getOrDefault("dcterms.license", "")))
                .map(License::named)
                .or(() -> first(page, IN_FOOTER).map(License::named).filter(name -> name.startsWith("CC")))
                .orElse("");
    }

    private static Optional<String> first(Declarations page, Evaluator links) {
        return page.matching(links)
                .filter(link -> link.closest(OTHERS) == null)
                .map(link -> link.attr("abs:href").isEmpty() ? link.attr("href") : link.attr("abs:href"))
                .filter(License::isAddress)
                .findFirst();
    }

    static boolean isCommons(String address) {
        return address.contains("creativecommons.org/");
    }

    private static Optional<String> given(String address) {
        return Optional.of(address).filter(License::isAddress);
    }

    private static boolean isAddress(String text) {
        return text.startsWith("http://") || text.startsWith("https://") || text.startsWith("//");
    }

    /**
     * The SPDX identifier of a licence's address, or the address. Ported Creative Commons licences end in their
     * country: {@code CC-BY-SA-3.0-DE}.
     */
    static String named(String address) {
        Matcher commons = CREATIVE_COMMONS.matcher(address.toLowerCase(Locale.ROOT));
        if (commons.matches()) {
            String port = commons.group(3) == null ? "" : "-" + commons.group(3);
            return ("CC-" + commons.group(1) + "-" + commons.group(2) + port).toUpperCase(Locale.ROOT);
        }
        Matcher spdx = NAMED.matcher(address);
        return spdx.matches() ? spdx.group(1) : otherwise(address);
    }

    private static String otherwise(String address) {
        String place = address.toLowerCase(Locale.ROOT).replaceFirst("^(?:https?:)?//(?:www\\.)?", "");
        return OTHER_NAMES.entrySet().stream()
                .filter(name -> place.startsWith(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(address);
    }
}
