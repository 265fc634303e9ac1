package kindling.prep.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Gopher's repetition rules: how much of a document is lines, paragraphs and word n-grams that it has already.
 *
 * <p>Duplicates are second and later occurrences: of {@code alpha beta / alpha beta / gamma / delta} one line in four is a
 * duplicate, 0.25. n-grams are measured in characters of their words, each character once, as a share of the characters of all
 * words; lines and paragraphs as a share of the whole text. Source: J. Rae et al., "Scaling Language Models: Methods,
 * Analysis &amp; Insights from Training Gopher" (2021), appendix A1.1, table A1.
 */
final class GopherRepetition {
    private static final double[] TOP = {0.20, 0.18, 0.16}; // of 2, 3 and 4 words
    private static final double[] DUPLICATES = {0.15, 0.14, 0.13, 0.12, 0.11, 0.10}; // of 5 to 10 words

    private GopherRepetition() {}

    static RuleSet rules() {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.atMost("gopher_duplicate_lines", 0.30, text -> duplicates(text.parts(Split.LINES))),
                Rule.atMost("gopher_duplicate_paragraphs", 0.30, text -> duplicates(text.parts(Split.PARAGRAPHS))),
                Rule.atMost("gopher_duplicate_line_characters", 0.20, text -> characters(text, Split.LINES)),
                Rule.atMost(
                        "gopher_duplicate_paragraph_characters", 0.20, text -> characters(text, Split.PARAGRAPHS))));
        rules.addAll(topNGrams("gopher", (text, n) -> text.ngrams().of(n).topCoverage() / letters(text)));
        rules.addAll(duplicateNGrams("gopher", (text, n) -> text.ngrams().of(n).laterCoverage() / letters(text)));
        return RuleSet.of("gopher_repetition", "Rae et al. 2021, A1.1, table A1", rules);
    }

    /** A number that a text has for each length of n-grams. */
    @FunctionalInterface
    interface NGramMeasure {
        double of(Text text, int n);

        default ToDoubleFunction<Text> at(int n) {
            return text -> of(text, n);
        }
    }

    /** The rules of table A1 for the most frequent n-gram. */
    static List<Rule> topNGrams(String set, NGramMeasure share) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < TOP.length; i++) {
            rules.add(Rule.atMost("%s_top_%d_gram".formatted(set, i + 2), TOP[i], share.at(i + 2)));
        }
        return rules;
    }

    /** The rules of table A1 for n-grams that occur more than once. */
    static List<Rule> duplicateNGrams(String set, NGramMeasure share) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < DUPLICATES.length; i++) {
            rules.add(Rule.atMost("%s_duplicate_%d_grams".formatted(set, i + 5), DUPLICATES[i], share.at(i + 5)));
        }
        return rules;
    }

    private static double duplicates(Parts parts) {
        return parts.duplicates() / parts.whole();
    }

    private static double characters(Text text, Split split) {
        return text.parts(split).duplicateCharacters() / (double) Math.max(1, text.characters());
    }

    private static double letters(Text text) {
        return Math.max(1, text.words().characters());
    }
}
