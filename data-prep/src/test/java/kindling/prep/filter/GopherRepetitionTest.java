package kindling.prep.filter;

import static kindling.prep.filter.Samples.GOOD;
import static kindling.prep.filter.Samples.judge;
import static kindling.prep.filter.Samples.measure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;

class GopherRepetitionTest {
    private final RuleSet repetition = GopherRepetition.rules();

    @Test
    void keepsPlainProse() {
        assertThat(judge(repetition, GOOD)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void dropsRepeatedLines() {
        String text = numbers(0, 10, " tea\n") + "yes\n".repeat(6);

        assertThat(judge(repetition, text)).isEqualTo(Verdict.drop("gopher_duplicate_lines", "0.31 > 0.30"));
    }

    @Test
    void dropsRepeatedParagraphs() {
        String text = IntStream.range(0, 9)
                        .mapToObj(i -> "a" + i + "\nb" + i + "\nc" + i + "\nd" + i + "\n\n")
                        .collect(Collectors.joining())
                + "x\ny\n\n".repeat(6);

        assertThat(judge(repetition, text)).isEqualTo(Verdict.drop("gopher_duplicate_paragraphs", "0.33 > 0.30"));
    }

    @Test
    void dropsRepeatedLinesThatAreLong() {
        String text = numbers(0, 10, "\n") + "a long line that is there twice\n".repeat(2);

        assertThat(judge(repetition, text)).isEqualTo(Verdict.drop("gopher_duplicate_line_characters", "0.37 > 0.20"));
    }

    @Test
    void dropsFrequentWordPairs() {
        String text = IntStream.range(0, 20).mapToObj(i -> "green tea w" + i).collect(Collectors.joining(" "));

        assertThat(judge(repetition, text)).isEqualTo(Verdict.drop("gopher_top_2_gram", "0.76 > 0.20"));
    }

    @Test
    void dropsRepeatedPassages() {
        String passage = numbers(1000, 30, " ");
        String text = passage + numbers(2000, 40, " ") + passage;

        assertThat(judge(repetition, text)).isEqualTo(Verdict.drop("gopher_duplicate_5_grams", "0.30 > 0.15"));
    }

    @Test
    void countsEachCharacterOfOverlappingDuplicatesOnce() {
        String text = "a b c d e f a b c d e f";

        assertThat(measure(repetition, "gopher_duplicate_5_grams", text)).isCloseTo(0.5, within(1e-12));
        assertThat(measure(repetition, "gopher_top_2_gram", text)).isCloseTo(4 / 12.0, within(1e-12));
    }

    @Test
    void judgesEmptyText() {
        assertThat(judge(repetition, "")).isEqualTo(Verdict.KEEP);
    }

    private static String numbers(int start, int count, String end) {
        return IntStream.range(start, start + count).mapToObj(i -> i + end).collect(Collectors.joining());
    }
}
