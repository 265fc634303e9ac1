package kindling.prep.filter;

import static kindling.prep.filter.Samples.GOOD;
import static kindling.prep.filter.Samples.judge;
import static kindling.prep.filter.Samples.measure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FineWebTest {
    private final RuleSet fineweb = FineWeb.rules();

    /** Lines of 40 characters, of which some end. */
    private static String lines(int open, int closed) {
        return IntStream.range(0, open + closed)
                .mapToObj(i -> "%03d words that fill a line to its end%s".formatted(i, i < open ? ",," : " ."))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void keepsPlainProse() {
        assertThat(judge(fineweb, GOOD)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void wantsLinesToEnd() {
        assertThat(judge(fineweb, lines(22, 3))).isEqualTo(Verdict.KEEP); // 0.12
        assertThat(judge(fineweb, lines(23, 3))).isEqualTo(Verdict.drop("fineweb_line_punct_ratio", "0.115 < 0.120"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tea.,1", "tea!,1", "tea?,1", "'tea\"',1", "'tea''',1", "茶。,1", "चाय।,1", "tea,0", "'tea. ',0", "tea:,0"
    })
    void knowsCharactersThatEndLines(String line, double expected) {
        assertThat(measure(fineweb, "fineweb_line_punct_ratio", line)).isEqualTo(expected);
    }

    @Test
    void wantsLinesOfMoreThanThirtyCharacters() {
        String thirty = IntStream.range(0, 67)
                .mapToObj(i -> "\n%03d five words make a line ok.".formatted(i))
                .collect(Collectors.joining());

        assertThat(judge(fineweb, lines(0, 33) + thirty)).isEqualTo(Verdict.KEEP); // 0.67
        assertThat(judge(fineweb, lines(0, 32) + thirty))
                .isEqualTo(Verdict.drop("fineweb_short_line_ratio", "0.68 > 0.67"));
    }

    @Test
    void wantsHardlyALineTwice() {
        String line = "000 words that fill a line to its end .";

        assertThat(judge(fineweb, lines(0, 99) + "\n" + line)).isEqualTo(Verdict.KEEP); // 0.01
        assertThat(judge(fineweb, lines(0, 98) + "\n" + line))
                .isEqualTo(Verdict.drop("fineweb_char_dup_ratio", "0.0101 > 0.0100"));
    }

    @Test
    void wantsWordsBetweenLineBreaks() {
        String word = "incomprehensibilitiesandmuchmore";
        String text = IntStream.range(0, 11).mapToObj(i -> word + i + " a.").collect(Collectors.joining("\n"));

        assertThat(judge(fineweb, text)).isEqualTo(Verdict.drop("fineweb_new_line_ratio", "0.303 > 0.300"));
        assertThat(judge(fineweb, text + " b")).isEqualTo(Verdict.KEEP); // 10 of 34
    }

    @Test
    void dropsEmptyText() {
        assertThat(judge(fineweb, " \n ")).isEqualTo(Verdict.drop("fineweb_line_punct_ratio", "0.00 < 0.12"));
    }
}
