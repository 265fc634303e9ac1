package kindling.prep.read;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * Whose wishes about the use of web pages are honoured.
 *
 * @param signals which of {@link #SIGNALS} a page is dropped for
 * @param allowedHosts when not empty, pages of other hosts are dropped; a host stands for its subdomains too
 * @param deniedHosts pages of these hosts and their subdomains are dropped
 */
public record Consent(Set<String> signals, Set<String> allowedHosts, Set<String> deniedHosts) implements Serializable {
    /** {@code robots}: noindex or none; {@code noai}: noai or noimageai; {@code tdm}: a TDM reservation. */
    public static final List<String> SIGNALS = List.of("robots", "noai", "tdm");

    /** @throws IllegalArgumentException when a signal is none of {@link #SIGNALS} */
    public Consent {
        signals = Set.copyOf(signals);
        allowedHosts = Set.copyOf(allowedHosts);
        deniedHosts = Set.copyOf(deniedHosts);
        if (!SIGNALS.containsAll(signals)) {
            throw new IllegalArgumentException("respect must be a comma list of " + SIGNALS + ", got " + signals);
        }
    }

    /** No signal is looked for, and no host is left out. */
    public static Consent unasked() {
        return new Consent(Set.of(), Set.of(), Set.of());
    }
}
