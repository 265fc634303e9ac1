package kindling.prep.filter;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.List;

/**
 * The rules that FineWeb's authors found by comparing statistics of good and bad crawls: lines that end, lines that are more
 * than labels, no repeated lines, and words between the line breaks.
 *
 * <p>Lines are what line feeds part, blank ones left out, white space included. A line ends in a stop character: one of
 * {@code . ' " ! ?} or another character that ends sentences (Unicode's {@code Sentence_Terminal}). Words are tokens, see
 * {@link Words#tokenize}; datatrove takes those of a language's own tokenizer, so {@code fineweb_new_line_ratio} may differ
 * from its value in the second digit.
 *
 * <p>Source: G. Penedo et al., "The FineWeb Datasets: Decanting the Web for the Finest Text Data at Scale" (2024), section
 * 3.6; definitions from datatrove's {@code FineWebQualityFilter} (github.com/huggingface/datatrove).
 */
final class FineWeb {
    private static final String STOP_CHARACTERS = ".'\"!?";
    private static final int SHORT_LINE = 30; // characters

    private FineWeb() {}

    static RuleSet rules() {
        return RuleSet.of(
                "fineweb",
                "Penedo et al. 2024, 3.6; datatrove FineWebQualityFilter",
                List.of(
                        Rule.atLeast("fineweb_line_punct_ratio", 0.12, FineWeb::linePunctRatio),
                        Rule.atMost("fineweb_short_line_ratio", 0.67, FineWeb::shortLineRatio),
                        Rule.atMost("fineweb_char_dup_ratio", 0.01, FineWeb::charDupRatio),
                        Rule.atMost("fineweb_new_line_ratio", 0.3, FineWeb::newLineRatio)));
    }

    private static double linePunctRatio(Text text) {
        Parts lines = text.parts(Split.FILLED_LINES);
        int count = 0;
        for (int line = 0; line < lines.count(); line++) {
            count += isStop(Character.codePointBefore(text.chars(), lines.end(line))) ? 1 : 0;
        }
        return count / lines.whole();
    }

    private static boolean isStop(int c) {
        return c < 0x80 ? STOP_CHARACTERS.indexOf(c) >= 0 : UCharacter.hasBinaryProperty(c, UProperty.S_TERM);
    }

    private static double shortLineRatio(Text text) {
        Parts lines = text.parts(Split.FILLED_LINES);
        int count = 0;
        for (int line = 0; line < lines.count(); line++) {
            count += text.characters(lines.start(line), lines.end(line)) <= SHORT_LINE ? 1 : 0;
        }
        return count / lines.whole();
    }

    private static double charDupRatio(Text text) {
        double characters = text.characters() - lineFeeds(text);
        return text.parts(Split.FILLED_LINES).duplicateCharacters() / Math.max(1, characters);
    }

    private static double newLineRatio(Text text) {
        return lineFeeds(text) / Math.max(1.0, text.tokens().count());
    }

    private static int lineFeeds(Text text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.chars()[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
