package kindling.prep.filter;

import java.util.List;

/**
 * Gopher's quality rules: a text in sentences, of a usual length, with usual words.
 *
 * <p>Words are parted by white space. {@code #} and ellipses ({@code ...} and U+2026) are the symbols; the more frequent of
 * the two counts. Source: J. Rae et al., "Scaling Language Models: Methods, Analysis &amp; Insights from Training Gopher"
 * (2021), appendix A1.1.
 */
final class GopherQuality {
    private static final String BULLETS = "•‣▪●-*"; // the usual marks; hyphen and asterisk stand for them in plain text

    private GopherQuality() {}

    static RuleSet rules() {
        return RuleSet.of(
                "gopher_quality",
                "Rae et al. 2021, A1.1",
                List.of(
                        Rule.atLeast("gopher_too_few_words", 50, GopherQuality::words),
                        Rule.atMost("gopher_too_many_words", 100_000, GopherQuality::words),
                        new Rule("gopher_mean_word_length", 3, 10, GopherQuality::meanWordLength), // characters
                        Rule.atMost("gopher_symbol_ratio", 0.1, GopherQuality::symbolRatio),
                        Rule.atMost("gopher_bullet_lines", 0.9, text -> Marks.bulletLines(text, Split.LINES, BULLETS)),
                        Rule.atMost("gopher_ellipsis_lines", 0.3, text -> Marks.ellipsisLines(text, Split.LINES)),
                        Rule.atLeast("gopher_alphabetic_words", 0.8, GopherQuality::alphabeticWords),
                        Rule.atLeast("gopher_stop_words", 2, GopherQuality::stopWords)));
    }

    private static double words(Text text) {
        return text.words().count();
    }

    private static double meanWordLength(Text text) {
        return text.words().characters() / words(text);
    }

    private static double symbolRatio(Text text) {
        return Math.max(Marks.hashes(text), Marks.ellipses(text)) / words(text);
    }

    private static double alphabeticWords(Text text) {
        return text.words().withLetter() / words(text);
    }

    /** How many different stop words there are, whatever their case. */
    private static double stopWords(Text text) {
        return StopWords.different(text, text.words(), true);
    }
}
