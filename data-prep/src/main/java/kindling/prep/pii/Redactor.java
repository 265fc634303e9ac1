package kindling.prep.pii;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Replaces personal data in texts.
 *
 * <pre>{@code
 * Redactor redactor = new Redactor(RedactorConfig.tags());
 * redactor.redact("Mail jane@acme.com").text();      // "Mail <EMAIL>"
 * }</pre>
 *
 * <p>Of findings that overlap the longest wins, then the surest, then the first, then the first type by name. The result is looked at again
 * until nothing is left to replace, so that redacting twice changes nothing more: what a replacement brings together, such as a word and a number
 * beside it, is found in the same call. Immutable and safe for use by many threads.
 */
public final class Redactor {
    /** Looks at a text: mostly two, the second at the neighbourhood of what was replaced. Bounds the time for texts made to take more. */
    private static final int MOST_PASSES = 16;

    private static final Comparator<Span> STRONGEST = Comparator.comparing((Span span) -> !span.settled)
            .thenComparing(span -> span.start - span.end)
            .thenComparing(span -> -span.score)
            .thenComparing(span -> span.start)
            .thenComparing(span -> span.type);

    private final List<Recognizer> recognizers;
    private final Set<String> types;
    private final RedactorConfig config;
    private final Replacement replacement;

    /**
     * A text after redaction.
     *
     * @param findings what was replaced, or would be by {@link Operator#DROP}, by position in the original text
     */
    public record Redaction(String text, List<Finding> findings) {
        public Redaction {
            findings = List.copyOf(findings);
        }
    }

    /** A finding before overlaps are resolved, in UTF-16 units; settled where it is a pseudonym, which stays. */
    private record Span(String type, int start, int end, double score, Recognizer recognizer, boolean settled) {}

    /** @throws IllegalArgumentException for an unknown type or region */
    public Redactor(RedactorConfig config) {
        List<Recognizer> all = Recognizer.all(config);
        this.config = config;
        this.types = config.types(all);
        this.recognizers = all.stream()
                .filter(recognizer -> recognizer.types().stream().anyMatch(types::contains))
                .toList();
        this.replacement = new Replacement(config.operator(), config.key());
    }

    /** The types that it looks for, sorted. */
    public Set<String> types() {
        return types;
    }

    /** Finds and replaces. */
    public Redaction redact(String text) {
        Draft draft = new Draft(text);
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            List<Draft.Change> changes = changes(draft);
            if (changes.isEmpty()) {
                break;
            }
            draft.apply(changes);
            if (config.operator() == Operator.DROP) {
                return new Redaction(text, draft.findings());
            }
        }
        return new Redaction(draft.text(), draft.findings());
    }

    private List<Draft.Change> changes(Draft draft) {
        List<Span> spans = new ArrayList<>();
        for (Draft.Window window : draft.unread()) {
            String stretch = draft.text().substring(window.start(), window.end());
            find(window, Placeholders.hidden(stretch), spans);
        }
        return withoutOverlaps(spans).stream()
                .filter(span -> !span.settled)
                .map(span -> change(draft.text(), span))
                .toList();
    }

    private Draft.Change change(String text, Span span) {
        String value = text.substring(span.start, span.end);
        String instead = replacement.of(span.type, span.recognizer.canonical(value), value);
        return new Draft.Change(span.start, span.end, span.type, span.score, instead);
    }

    private void find(Draft.Window window, String text, List<Span> spans) {
        int offset = window.start();
        for (Recognizer recognizer : recognizers) {
            recognizer.find(text, (type, start, end, score) -> {
                boolean inside = offset + start >= window.first() && offset + end <= window.last();
                if (inside && score >= config.threshold(type) && types.contains(type)) {
                    boolean settled = replacement.isSettled(type, text.substring(start, end));
                    spans.add(new Span(type, offset + start, offset + end, score, recognizer, settled));
                }
            });
        }
    }

    /** The strongest spans that do not touch a stronger one, by position. */
    private static Collection<Span> withoutOverlaps(List<Span> spans) {
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
