package kindling.prep.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kindling.prep.sentence.Sentences;
import kindling.prep.sentence.Span;
import kindling.prep.sentence.Words;

/**
 * A document and its summary, made from plain text without labels, to train a summarizer on.
 *
 * @param document what the model reads; never holds the sentences of the summary at their place
 * @param summary what it learns to write, white space as single spaces
 */
public record Pair(String document, String summary) {
    private static final int FEWEST_SENTENCES = 3; // below, nothing is left to summarize

    /**
     * The first sentence of prose as the summary and the text without it as the document. News, encyclopedia and
     * documentation pages open with what they are about; headings, declarations, "Since:" lines and the like before it
     * stay in the document.
     *
     * <p>{@code "Class Range\npublic final class Range\nAn immutable range of objects.\n…"} gives the summary
     * {@code "An immutable range of objects."}.
     *
     * @return empty when no sentence is prose, or the rest is shorter than the summary
     */
    public static Optional<Pair> lead(String text) {
        for (Span span : Sentences.spans(text)) {
            String line = span.line(text);
            if (Prose.isSentence(line)) {
                return worthwhile(new Pair(without(text, List.of(span)), line));
            }
        }
        return Optional.empty();
    }

    /**
     * The sentences most like the rest of the text as the summary, the rest as the document: for every sentence of
     * prose ROUGE-1 f1 against all other sentences, independently of each other and with repeated words counted; the
     * best are taken, earlier ones first among equals, and written in their order in the text.
     *
     * <p>Source: J. Zhang et al., "PEGASUS: Pre-training with extracted gap-sentences for abstractive summarization",
     * ICML 2020, section 3.1 (Ind-Orig). There a mask token stands where a sentence was; here nothing does.
     *
     * @param ratio share of all sentences that becomes the summary, in (0, 1); at least one is taken. PEGASUS used 0.3
     * @return empty when the text has fewer than {@value #FEWEST_SENTENCES} sentences, none is prose, or the rest is
     *     shorter than the summary
     * @throws IllegalArgumentException when the ratio is outside (0, 1)
     */
    public static Optional<Pair> gapSentences(String text, double ratio) {
        if (!(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException(
                    "ratio must lie in (0, 1), the share of sentences to take, got " + ratio + ": 0.3 is usual");
        }
        List<Span> sentences = Sentences.spans(text);
        int wanted = (int) Math.max(1, Math.round(ratio * sentences.size()));
        List<Span> gaps = sentences.size() < FEWEST_SENTENCES ? List.of() : central(text, sentences, wanted);
        if (gaps.isEmpty()) {
            return Optional.empty();
        }
        String summary = gaps.stream().map(span -> span.line(text)).collect(Collectors.joining(" "));
        return worthwhile(new Pair(without(text, gaps), summary));
    }

    private static Optional<Pair> worthwhile(Pair pair) {
        return Optional.of(pair).filter(it -> Words.length(it.document) >= Words.length(it.summary));
    }

    private static List<Span> central(String text, List<Span> sentences, int wanted) {
        List<Map<String, Integer>> bags =
                sentences.stream().map(span -> Words.counts(span.of(text))).toList();
        Map<String, Integer> all = new HashMap<>();
        bags.forEach(bag -> bag.forEach((word, count) -> all.merge(word, count, Integer::sum)));
        int total = size(all);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < bags.size(); i++) {
            if (Prose.isSentence(sentences.get(i).line(text))) {
                scored.add(new Scored(sentences.get(i), f1AgainstRest(bags.get(i), all, total)));
            }
        }
        return scored.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed()) // stable: earlier first
                .limit(wanted)
                .map(Scored::span)
                .sorted(Comparator.comparingInt(Span::start))
                .toList();
    }

    private static double f1AgainstRest(Map<String, Integer> bag, Map<String, Integer> all, int total) {
        int hits = 0;
        for (Map.Entry<String, Integer> word : bag.entrySet()) {
            hits += Math.min(word.getValue(), all.get(word.getKey()) - word.getValue());
        }
        return 2.0 * hits / total; // 2PR / (P + R) with P = hits / |sentence|, R = hits / (total - |sentence|)
    }

    private static int size(Map<String, Integer> bag) {
        return bag.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The text with the spans cut out, each together with the spaces after it. */
    private static String without(String text, List<Span> gaps) {
        StringBuilder rest = new StringBuilder(text.length());
        int from = 0;
        for (Span gap : gaps) {
            rest.append(text, from, gap.start());
            from = gap.end();
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
        }
        return rest.append(text, from, text.length()).toString().strip();
    }

    private record Scored(Span span, double score) {}
}
