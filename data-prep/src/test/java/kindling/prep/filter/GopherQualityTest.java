package kindling.prep.filter;

import static kindling.prep.filter.Samples.GOOD;
import static kindling.prep.filter.Samples.judge;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GopherQualityTest {
    private final RuleSet quality = GopherQuality.rules();

    @Test
    void keepsPlainProse() {
        assertThat(judge(quality, GOOD)).isEqualTo(Verdict.KEEP);
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("bad")
    void dropsAtEachThreshold(String text, String reason, String detail) {
        assertThat(judge(quality, text)).isEqualTo(Verdict.drop(reason, detail));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("the water and tea ".repeat(12) + "x", "gopher_too_few_words", "49 < 50"),
                Arguments.of("the water and tea ".repeat(25_001), "gopher_too_many_words", "100004 > 100000"),
                Arguments.of("a an to of ".repeat(20), "gopher_mean_word_length", "1.75 < 3"),
                Arguments.of("incomprehensibilities the ".repeat(30), "gopher_mean_word_length", "12 > 10"),
                Arguments.of("the #water of tea... ".repeat(20), "gopher_symbol_ratio", "0.25 > 0.10"),
                Arguments.of("- the water of leaves\n".repeat(20), "gopher_bullet_lines", "1.00 > 0.90"),
                Arguments.of(
                        "the water of tea and honey with all the good leaves in it ...\n".repeat(10),
                        "gopher_ellipsis_lines",
                        "1.00 > 0.30"),
                Arguments.of("the water of 1234 5678 ".repeat(20), "gopher_alphabetic_words", "0.60 < 0.80"),
                Arguments.of("the water tastes good ".repeat(20), "gopher_stop_words", "1.00 < 2"));
    }

    @Test
    void takesEachThresholdItselfAsGood() {
        assertThat(judge(quality, "the water and tea ".repeat(12) + "of tea")).isEqualTo(Verdict.KEEP);
        assertThat(judge(quality, "the water of leaves ".repeat(22) + "tea tea " + "# ".repeat(10)))
                .isEqualTo(Verdict.KEEP);
        assertThat(judge(quality, "the water of leaves ".repeat(20) + "4 ".repeat(20)))
                .isEqualTo(Verdict.KEEP);
    }

    @Test
    void judgesHashesAndEllipsesEachForItself() {
        String text = "the water of leaves and honey with tea ".repeat(10);

        assertThat(judge(quality, text + "#6 ".repeat(6) + "... ".repeat(6) + "tea"))
                .isEqualTo(Verdict.KEEP);
        assertThat(judge(quality, text + "#6 ".repeat(10)))
                .isEqualTo(Verdict.drop("gopher_symbol_ratio", "0.11 > 0.10"));
    }
}
