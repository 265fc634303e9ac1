package kindling.prep.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gopher's rules as Dolma reads them. It differs from {@code gopher} in this:
 *
 * <ul>
 *   <li>every line that occurs more than once is a duplicate, its first occurrence too: of {@code alpha beta / alpha beta /
 *       gamma / delta} two lines in four, 0.50; lines are what single line feeds part, empty ones included; paragraphs have
 *       no rule
 *   <li>all shares of characters are of the words' characters; the most frequent n-gram counts as often as it occurs, even
 *       once; repeated n-grams, first occurrences too, are a share of the characters of all n-grams, overlaps and all
 *   <li>the median, not the mean, of the words' lengths
 *   <li>symbols are words that hold {@code #} or U+2026; an ellipsis is U+2026 alone; bullets are {@code *} and {@code -} at
 *       the very start of a line
 *   <li>stop words must be lower case and each occurrence counts
 * </ul>
 *
 * <p>Bounds are those of Dolma's recipes, which allow duplicate lines 0.30 of the characters where Gopher has 0.20. Source:
 * {@code dolma/taggers/gopher.py}, github.com/allenai/dolma.
 */
final class GopherDolma {
    private static final String SET = "gopher_dolma";

    private GopherDolma() {}

    static RuleSet rules() {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.atLeast(SET + "_too_few_words", 50, GopherDolma::words),
                Rule.atMost(SET + "_too_many_words", 100_000, GopherDolma::words),
                new Rule(SET + "_median_word_length", 3, 10, GopherDolma::medianWordLength),
                Rule.atMost(SET + "_symbol_ratio", 0.1, GopherDolma::symbolRatio),
                Rule.atLeast(
                        SET + "_alphabetic_words", 0.8, text -> text.words().withLetter() / words(text)),
                Rule.atLeast(SET + "_stop_words", 2, text -> StopWords.all(text, text.words(), false)),
                Rule.atMost(SET + "_bullet_lines", 0.9, GopherDolma::bulletLines),
                Rule.atMost(SET + "_ellipsis_lines", 0.3, GopherDolma::ellipsisLines),
                Rule.atMost(SET + "_duplicate_lines", 0.30, GopherDolma::duplicateLines),
                Rule.atMost(SET + "_duplicate_line_characters", 0.30, GopherDolma::duplicateLineCharacters)));
        rules.addAll(
                GopherRepetition.topNGrams(SET, (text, n) -> text.ngrams().of(n).topProduct(0) / letters(text)));
        rules.addAll(GopherRepetition.duplicateNGrams(SET, GopherDolma::duplicateNGrams));
        return RuleSet.of(SET, "dolma taggers/gopher.py", rules);
    }

    private static double words(Text text) {
        return text.words().count();
    }

    private static double letters(Text text) {
        return Math.max(1, text.words().characters());
    }

    private static double medianWordLength(Text text) {
        Words words = text.words();
        if (words.count() == 0) {
            return 0;
        }
        int[] lengths = new int[words.count()];
        for (int word = 0; word < lengths.length; word++) {
            lengths[word] = words.length(word);
        }
        Arrays.sort(lengths);
        return (lengths[(lengths.length - 1) / 2] + lengths[lengths.length / 2]) / 2.0;
    }

    private static double symbolRatio(Text text) {
        Words words = text.words();
        int count = 0;
        for (int word = 0; word < words.count(); word++) {
            boolean found = false;
            for (int i = words.start(word); i < words.end(word) && !found; i++) {
                found = text.chars()[i] == '#' || text.chars()[i] == '…';
            }
            count += found ? 1 : 0;
        }
        return count / Math.max(1, words(text));
    }

    private static double bulletLines(Text text) {
        Parts lines = text.parts(Split.LINE_FEEDS);
        int count = 0;
        for (int line = 0; line < lines.count(); line++) {
            char first = lines.end(line) > lines.start(line) ? text.chars()[lines.start(line)] : ' ';
            count += first == '*' || first == '-' ? 1 : 0;
        }
        return count / lines.whole();
    }

    private static double ellipsisLines(Text text) {
        Parts lines = text.parts(Split.LINE_FEEDS);
        int count = 0;
        for (int line = 0; line < lines.count(); line++) {
            boolean filled = lines.end(line) > lines.start(line);
            count += filled && text.chars()[lines.end(line) - 1] == '…' ? 1 : 0;
        }
        return count / lines.whole();
    }

    private static double duplicateLines(Text text) {
        Parts lines = text.parts(Split.LINE_FEEDS);
        return lines.copies() / lines.whole();
    }

    private static double duplicateLineCharacters(Text text) {
        return text.parts(Split.LINE_FEEDS).copiedCharacters() / letters(text);
    }

    private static double duplicateNGrams(Text text, int n) {
        Repeats repeats = text.ngrams().of(n);
        return repeats.allProduct() / (double) Math.max(1, repeats.everyProduct());
    }
}
