package kindling.prep.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kindling.prep.clean.Page;

/**
 * Whose wishes about the use of web pages are honoured. Sources: the Robots Exclusion Protocol's meta element and
 * X-Robots-Tag header, with the words noai and noimageai that DeviantArt introduced in 2022; TDM Reservation Protocol,
 * W3C Community Group Report, 2024.
 *
 * @param signals which of {@link #SIGNALS} a page is dropped for
 * @param allowedHosts when not empty, pages of other hosts are dropped; a host stands for its subdomains too
 * @param deniedHosts pages of these hosts and their subdomains are dropped
 */
public record Consent(Set<String> signals, Set<String> allowedHosts, Set<String> deniedHosts) implements Serializable {
    /** {@code robots}: noindex or none; {@code noai}: noai or noimageai; {@code tdm}: a TDM reservation. */
    public static final List<String> SIGNALS = List.of("robots", "noai", "tdm");

    private static final Set<String> NOT_INDEXED = Set.of("noindex", "none");
    private static final Set<String> NO_MODELS = Set.of("noai", "noimageai");
    private static final String RESERVED = "tdm-reservation";

    /** @throws IllegalArgumentException naming every signal that is none of {@link #SIGNALS} and every host that is none */
    public Consent {
        signals = Set.copyOf(signals);
        allowedHosts = lowerCase(allowedHosts);
        deniedHosts = lowerCase(deniedHosts);
        List<String> mistakes = new ArrayList<>();
        Limits.require(SIGNALS.containsAll(signals), "respect must be a comma list of " + SIGNALS, signals, mistakes);
        requireNames("allow-hosts", allowedHosts, mistakes);
        requireNames("deny-hosts", deniedHosts, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    private static Set<String> lowerCase(Set<String> hosts) {
        return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static void requireNames(String option, Set<String> hosts, List<String> mistakes) {
        for (String host : hosts) {
            boolean name = !host.isEmpty() && host.chars().noneMatch(c -> c == '/' || c == '*' || c <= ' ');
            Limits.require(name, option + " must name hosts such as example.org", host, mistakes);
        }
    }

    /** No signal is looked for, and no host is left out. */
    public static Consent unasked() {
        return new Consent(Set.of(), Set.of(), Set.of());
    }

    /**
     * Looks at what came before the content: host, X-Robots-Tag, TDM-Reservation.
     *
     * @throws BadRecord {@code host_denied}, {@code host_not_allowed}, {@code consent_robots}, {@code consent_noai} or
     *     {@code consent_tdm}
     */
    void require(WebResponse response) throws BadRecord {
        if (!response.url().isEmpty()) {
            requireHost(response.url());
        }
        for (String header : response.robots()) {
            for (String directive : List.of(header.toLowerCase(Locale.ROOT).split(","))) {
                String word = directive.substring(directive.indexOf(':') + 1).strip(); // "otherbot: noindex"
                requireUnsaid(word, "X-Robots-Tag");
            }
        }
        if (response.tdmReservation().strip().equals("1")) {
            requireUnsaid(RESERVED, "header");
        }
    }

    /**
     * Looks at what the page itself says, and at its own address where no server told one.
     *
     * @throws BadRecord as {@link #require(WebResponse)}
     */
    void require(Page page, WebResponse response) throws BadRecord {
        if (response.url().isEmpty()) {
            requireHost(page.url());
        }
        for (String wish : page.wishes().stream().sorted().toList()) {
            requireUnsaid(wish, "meta element");
        }
    }

    private void requireUnsaid(String word, String place) throws BadRecord {
        requireUnsaid("robots", NOT_INDEXED, word, place);
        requireUnsaid("noai", NO_MODELS, word, place);
        requireUnsaid("tdm", Set.of(RESERVED), word, place);
    }

    private void requireUnsaid(String signal, Set<String> words, String word, String place) throws BadRecord {
        if (signals.contains(signal) && words.contains(word)) {
            throw new BadRecord("consent_" + signal, word + " in a " + place);
        }
    }

    private void requireHost(String url) throws BadRecord {
        String host = host(url);
        if (isAmong(deniedHosts, host)) {
            throw new BadRecord("host_denied", host);
        }
        if (!allowedHosts.isEmpty() && !isAmong(allowedHosts, host)) {
            throw new BadRecord("host_not_allowed", host.isEmpty() ? "no address" : host);
        }
    }

    /** Whether the host or a domain that it belongs to is listed. */
    private static boolean isAmong(Set<String> hosts, String host) {
        for (int start = 0; start >= 0 && !hosts.isEmpty(); ) {
            if (hosts.contains(host.substring(start))) {
                return true;
            }
            int dot = host.indexOf('.', start);
            start = dot < 0 ? -1 : dot + 1;
        }
        return false;
    }

    /** The host of an address, lower case, or "": {@code "https://me@a.example:80/x"} has {@code "a.example"}. */
    private static String host(String url) {
        int start = url.indexOf("//") + 2;
        int end = start;
        while (start >= 2 && end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = start < 2 ? "" : url.substring(start, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }
}
