package kindling.prep.pii;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Replaces personal data in texts.
 *
 * <pre>{@code
 * Redactor redactor = Redactor.of(Set.of(), Redactor.Operator.TAG, new byte[0], List.of());
 * redactor.redact("Mail jane@example.org").text();      // "Mail [EMAIL]"
 * }</pre>
 *
 * <p>Of findings that overlap the longest wins, then the surest, then the first. Time is linear in the text's length but for sorting the findings.
 * Immutable and safe for use by many threads.
 */
public final class Redactor {
    /** A finding below this is not acted on: bare digits that no word near them calls a phone number. */
    private static final double MIN_SCORE = 0.4;

    private static final Comparator<Span> STRONGEST = Comparator.comparingInt((Span span) -> span.start - span.end)
            .thenComparing(span -> -span.score)
            .thenComparing(span -> span.start)
            .thenComparing(span -> span.type);

    private final List<Recognizer> recognizers;
    private final Set<String> wanted;
    private final Replacement replacement;

    /** What stands where personal data stood; each line shows {@code jane@example.org} afterwards. */
    public enum Operator {
        /** {@code [EMAIL]}. */
        TAG,
        /** {@code ****************}: one star for each code point. */
        MASK,
        /** {@code [EMAIL:5f1d8c0b9a3e7246]}: 64 bits of a keyed hash; the same value and key give the same hash. */
        HASH,
        /** {@code EMAIL_5f1d8c0b9a3e}: 48 bits of the keyed hash, as a name that reads on in the text. */
        PSEUDONYM
    }

    /**
     * A text after redaction.
     *
     * @param findings what was replaced, by position in the original text
     */
    public record Redaction(String text, List<Finding> findings) {
        public Redaction {
            findings = List.copyOf(findings);
        }
    }

    /** A finding in UTF-16 units, before overlaps are resolved. */
    private record Span(String type, int start, int end, double score, Recognizer recognizer) {}

    private Redactor(List<Recognizer> recognizers, Set<String> wanted, Replacement replacement) {
        this.recognizers = recognizers;
        this.wanted = wanted;
        this.replacement = replacement;
    }

    /**
     * A redactor.
     *
     * @param types what to look for, as {@link Finding#type} has it; empty for all types
     * @param key secret for {@link Operator#HASH} and {@link Operator#PSEUDONYM}, at least one byte, better 32 random ones; empty for the others
     * @param phoneRegions regions whose national phone numbers are known, such as {@code US}; empty for US, GB, DE, FR, ES, IT, IN
     * @throws IllegalArgumentException for an unknown type or region, or when a keyed operator has no key
     */
    public static Redactor of(Set<String> types, Operator operator, byte[] key, List<String> phoneRegions) {
        List<Recognizer> all = Recognizer.all(phoneRegions);
        Set<String> known = all.stream()
                .flatMap(recognizer -> recognizer.types().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>(types);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("types must be among %s, got %s".formatted(known, unknown));
        }
        Set<String> wanted = types.isEmpty() ? known : Set.copyOf(types);
        List<Recognizer> needed = all.stream()
                .filter(recognizer -> recognizer.types().stream().anyMatch(wanted::contains))
                .toList();
        return new Redactor(needed, wanted, new Replacement(operator, key));
    }

    /** Finds and replaces. */
    public Redaction redact(String text) {
        List<Finding> findings = new ArrayList<>();
        StringBuilder redacted = new StringBuilder(text.length());
        int copied = 0;
        int codePoints = 0; // of the original text up to copied
        for (Span span : withoutOverlaps(spans(text))) {
            String value = text.substring(span.start, span.end);
            redacted.append(text, copied, span.start)
                    .append(replacement.of(span.type, span.recognizer.canonical(value), value));
            int start = codePoints + text.codePointCount(copied, span.start);
            codePoints = start + value.codePointCount(0, value.length());
            copied = span.end;
            findings.add(new Finding(start, codePoints, span.type, span.score));
        }
        return new Redaction(redacted.append(text, copied, text.length()).toString(), findings);
    }

    private List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        for (Recognizer recognizer : recognizers) {
            recognizer.find(text, (type, start, end, score) -> {
                if (score >= MIN_SCORE && wanted.contains(type)) {
                    spans.add(new Span(type, start, end, score, recognizer));
                }
            });
        }
        return spans;
    }

    /** The strongest spans that do not touch a stronger one, by position. */
    private static Iterable<Span> withoutOverlaps(List<Span> spans) {
        TreeMap<Integer, Span> kept = new TreeMap<>();
        spans.sort(STRONGEST);
        for (Span span : spans) {
            var before = kept.lowerEntry(span.end);
            if (before == null || before.getValue().end <= span.start) {
                kept.put(span.start, span);
            }
        }
        return kept.values();
    }
}
