package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import kindling.prep.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts on which public code bases disagree, with the values of each, worked out by hand. */
class GopherVariantsTest {
    private static final double TOLERANCE = 5e-5; // values are written with four decimals

    private static void check(String rule, String text, Double gopher, Double datatrove, Double dolma) {
        String lines = text.replace('/', '\n');
        check("gopher", rule, lines, gopher);
        check("gopher_datatrove", rule, lines, datatrove);
        check("gopher_dolma", rule, lines, dolma);
    }

    /** @param expected null where the variant has no such rule */
    private static void check(String variant, String rule, String text, Double expected) {
        String reason = variant + "_" + rule;
        Optional<Double> measured = RuleSet.named(variant, UserLists.NONE).stream()
                .flatMap(RuleSet::everyRule)
                .filter(candidate -> candidate.reason().equals(reason))
                .map(found -> found.measure().applyAsDouble(Text.of(Document.of("1", text, "a.txt"))))
                .findFirst();
        assertThat(measured.isPresent()).as(reason).isEqualTo(expected != null);
        measured.ifPresent(value -> assertThat(value).as(reason).isCloseTo(expected, within(TOLERANCE)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        // one of four lines came before; two of four have an equal one
        "duplicate_lines, alpha beta/alpha beta/gamma/delta, 0.25, 0.25, 0.5",
        // 10 of 33 characters; 20 of the 28 characters of words
        "duplicate_line_characters, alpha beta/alpha beta/gamma/delta, 0.3030, 0.3030, 0.7143",
        // blank lines are no lines; are joined to one break; are two equal lines of four
        "duplicate_lines, 'a//b/', 0, 0, 0.5",
        // white space at the ends of a line counts in all but the first
        "duplicate_lines, 'a/ a', 0.5, 0, 0",
        "duplicate_paragraphs, a//b//a, 0.3333, 0.3333,",
        "duplicate_paragraphs, a///b//a, 0.3333, 0.3333,",
        "duplicate_paragraph_characters, tea//b//tea, 0.2727, 0.2727,",
    })
    void countDuplicateLinesAndParagraphs(String rule, String text, Double gopher, Double datatrove, Double dolma) {
        check(rule, text, gopher, datatrove, dolma);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        // 2 x 9 of 28 characters of words; 2 x 10, with the space, of 33 of the text
        "top_2_gram, alpha beta/alpha beta/gamma/delta, 0.6429, 0.6061, 0.6429",
        // overlaps: all 8 characters; 3 x 5 of 11; 3 x 4 of 8
        "top_2_gram, no no no no, 1, 1.3636, 1.5",
        // nothing twice: nothing; the first pair, 7 of 13; 6 of 11
        "top_2_gram, one two three, 0, 0.5385, 0.5455",
        "top_2_gram, one, 0, 0, 0",
        // a comma is a word of its own to the second: 'so ,' twice, 2 x 4 of 15
        "top_2_gram, 'so, it is, so,x', 0, 0.5333, 0.4167",
        // 10 of 17; 10 of 33; 15 of the 65 characters in the thirteen 5-grams
        "duplicate_5_grams, a b c d e x a b c d e y a b c d e, 0.5882, 0.3030, 0.2308",
        // 7 words repeat: 7 of 15; one 5-gram, then two words are too few: 5 of 29; six of eleven 5-grams
        "duplicate_5_grams, a b c d e f g x a b c d e f g, 0.4667, 0.1724, 0.5455",
        "duplicate_10_grams, a b c d e f g x a b c d e f g, 0, 0, 0",
    })
    void countNGrams(String rule, String text, Double gopher, Double datatrove, Double dolma) {
        check(rule, text, gopher, datatrove, dolma);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        // white space parts five words; Don | 't | stop | , | now | ! | 3.50 | … has five that are no punctuation
        "too_few_words, 'Don''t stop, now! 3.50 …', 5, 5, 5",
        "mean_word_length, 'Don''t stop, now! 3.50 …', 3.8, 3.2,", // 5 + 5 + 4 + 4 + 1 of 5; 3 + 2 + 4 + 3 + 4 of 5
        "median_word_length, a bb cccccc, , , 2",
        "mean_word_length, a bb cccccc, 3, 3,",
        // more hashes or ellipses, 2 of 4 words; # | a | # | b | ... | c | …; words with # or U+2026, 3 of 4
        "symbol_ratio, '#a # b... c…', 0.5, , 0.75",
        "hash_ratio, '#a # b... c…', , 0.2857,",
        "ellipsis_ratio, '#a # b... c…', , 0.2857,",
        "bullet_lines, '• a/- b/* c/  - d', 1, 0.75, 0.5",
        "ellipsis_lines, 'a.../b…/c … //d', 0.75, 0.6, 0.2",
        "alphabetic_words, 'tea, 4 two', 0.6667, 0.5, 0.6667",
        // the and of; of; of twice
        "stop_words, The of of x, 2, 1, 2",
    })
    void countWords(String rule, String text, Double gopher, Double datatrove, Double dolma) {
        check(rule, text, gopher, datatrove, dolma);
    }
}
