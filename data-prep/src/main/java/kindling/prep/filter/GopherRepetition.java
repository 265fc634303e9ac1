package kindling.prep.filter;

import java.util.List;
import kindling.prep.Document;
import kindling.prep.Verdict;

/**
 * Gopher's repetition rules: how much of a document is lines, paragraphs and word n-grams that it has already.
 *
 * <p>Duplicates are second and later occurrences; n-grams are counted without overlap and measured in characters of
 * their words, as a share of the characters of all words. Source: J. Rae et al., "Scaling Language Models: Methods,
 * Analysis &amp; Insights from Training Gopher" (2021), appendix A1.1, table A1.
 */
final class GopherRepetition implements Filter {
    private static final double MAX_LINES = 0.30;
    private static final double MAX_PARAGRAPHS = 0.30;
    private static final double MAX_LINE_CHARACTERS = 0.20;
    private static final double MAX_PARAGRAPH_CHARACTERS = 0.20;
    private static final List<NGramLimit> TOP =
            List.of(new NGramLimit(2, 0.20), new NGramLimit(3, 0.18), new NGramLimit(4, 0.16));
    private static final List<NGramLimit> DUPLICATES = List.of(
            new NGramLimit(5, 0.15),
            new NGramLimit(6, 0.14),
            new NGramLimit(7, 0.13),
            new NGramLimit(8, 0.12),
            new NGramLimit(9, 0.11),
            new NGramLimit(10, 0.10));

    /** The largest share that n-grams of n words may have. */
    private record NGramLimit(int n, double share) {}

    @Override
    public String name() {
        return "gopher_repetition";
    }

    @Override
    public Verdict judge(Document document) {
        Verdict verdict = judgeLines(document.text());
        if (verdict instanceof Verdict.Drop) {
            return verdict;
        }
        NGrams ngrams = NGrams.of(Words.of(document.text()));
        for (NGramLimit limit : TOP) {
            double share = ngrams.topShare(limit.n());
            if (share > limit.share()) {
                return Limit.atMost(limit.share(), share, "gopher_top_" + limit.n() + "_gram");
            }
        }
        for (NGramLimit limit : DUPLICATES) {
            double share = ngrams.duplicateShare(limit.n());
            if (share > limit.share()) {
                return Limit.atMost(limit.share(), share, "gopher_duplicate_" + limit.n() + "_grams");
            }
        }
        return Verdict.KEEP;
    }

    private static Verdict judgeLines(String text) {
        double characters = Math.max(1, text.length());
        Lines lines = Lines.of(text);
        Lines paragraphs = Lines.paragraphs(text);
        return Limit.first(
                Limit.atMost(MAX_LINES, lines.repeated(), "gopher_duplicate_lines"),
                Limit.atMost(MAX_PARAGRAPHS, paragraphs.repeated(), "gopher_duplicate_paragraphs"),
                Limit.atMost(
                        MAX_LINE_CHARACTERS,
                        lines.repeatedCharacters() / characters,
                        "gopher_duplicate_line_characters"),
                Limit.atMost(
                        MAX_PARAGRAPH_CHARACTERS,
                        paragraphs.repeatedCharacters() / characters,
                        "gopher_duplicate_paragraph_characters"));
    }
}
