package kindling.prep.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Gopher's rules as datatrove reads them, and as FineWeb was filtered. It differs from {@code gopher} in this:
 *
 * <ul>
 *   <li>words are tokens ({@link Words#tokenize}; datatrove: a tokenizer of the language), so punctuation counts in n-grams
 *       and in ratios, though not in the number of words and their mean length
 *   <li>hashes and ellipses have a rule each; bullets are {@code •} and {@code -}; lines for these shares may be blank
 *   <li>lines part at runs of line feeds, paragraphs at runs of two or more, and keep their white space
 *   <li>n-grams are a share of the whole text's characters: the most frequent one as often as it occurs, with spaces between
 *       its words, even if it occurs once; repeated ones without spaces, by a reader that goes on behind each it finds
 *   <li>stop words must be lower case
 * </ul>
 *
 * <p>Source: {@code GopherQualityFilter} and {@code GopherRepetitionFilter}, github.com/huggingface/datatrove.
 */
final class GopherDatatrove {
    private static final String SET = "gopher_datatrove";
    private static final String BULLETS = "•-";

    private GopherDatatrove() {}

    static RuleSet rules() {
        List<Rule> rules = new ArrayList<>(repetition());
        rules.addAll(quality());
        return RuleSet.of(SET, "datatrove GopherRepetitionFilter, GopherQualityFilter", rules);
    }

    private static List<Rule> repetition() {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.atMost(SET + "_duplicate_paragraphs", 0.30, text -> duplicates(text, Split.EMPTY_LINE_RUNS)),
                Rule.atMost(
                        SET + "_duplicate_paragraph_characters", 0.20, text -> characters(text, Split.EMPTY_LINE_RUNS)),
                Rule.atMost(SET + "_duplicate_lines", 0.30, text -> duplicates(text, Split.LINE_FEED_RUNS)),
                Rule.atMost(SET + "_duplicate_line_characters", 0.20, text -> characters(text, Split.LINE_FEED_RUNS))));
        rules.addAll(GopherRepetition.topNGrams(
                SET, (text, n) -> text.tokenNGrams().of(n).topProduct(1) / whole(text)));
        rules.addAll(GopherRepetition.duplicateNGrams(
                SET, (text, n) -> text.tokenNGrams().of(n).skippingCoverage() / whole(text)));
        return rules;
    }

    private static List<Rule> quality() {
        return List.of(
                Rule.atLeast(SET + "_too_few_words", 50, GopherDatatrove::words),
                Rule.atMost(SET + "_too_many_words", 100_000, GopherDatatrove::words),
                new Rule(SET + "_mean_word_length", 3, 10, GopherDatatrove::meanWordLength),
                Rule.atMost(SET + "_hash_ratio", 0.1, text -> Marks.hashes(text) / tokens(text)),
                Rule.atMost(SET + "_ellipsis_ratio", 0.1, text -> Marks.ellipses(text) / tokens(text)),
                Rule.atMost(SET + "_bullet_lines", 0.9, text -> Marks.bulletLines(text, Split.ALL_LINES, BULLETS)),
                Rule.atMost(SET + "_ellipsis_lines", 0.3, text -> Marks.ellipsisLines(text, Split.ALL_LINES)),
                Rule.atLeast(
                        SET + "_alphabetic_words", 0.8, text -> text.tokens().withLetter() / tokens(text)),
                Rule.atLeast(SET + "_stop_words", 2, text -> StopWords.different(text, text.tokens(), false)));
    }

    private static double duplicates(Text text, Split split) {
        return text.parts(split).duplicates() / text.parts(split).whole();
    }

    private static double characters(Text text, Split split) {
        return text.parts(split).duplicateCharacters() / whole(text);
    }

    private static double whole(Text text) {
        return Math.max(1, text.characters());
    }

    private static double tokens(Text text) {
        return text.tokens().count();
    }

    private static double words(Text text) {
        Words tokens = text.tokens();
        int count = 0;
        for (int token = 0; token < tokens.count(); token++) {
            count += tokens.isWord(token) ? 1 : 0;
        }
        return count;
    }

    private static double meanWordLength(Text text) {
        Words tokens = text.tokens();
        int characters = 0;
        for (int token = 0; token < tokens.count(); token++) {
            characters += tokens.isWord(token) ? tokens.length(token) : 0;
        }
        return characters / words(text);
    }
}
