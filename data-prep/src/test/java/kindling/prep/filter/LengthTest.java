package kindling.prep.filter;

import static kindling.prep.filter.Samples.judge;
import static org.assertj.core.api.Assertions.assertThat;

import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;

class LengthTest {
    private final RuleSet length = Length.rules();

    @Test
    void keepsTwoHundredCharacters() {
        assertThat(judge(length, "x".repeat(200))).isEqualTo(Verdict.KEEP);
    }

    @Test
    void countsCodePoints() {
        assertThat(judge(length, "😀".repeat(199))).isEqualTo(Verdict.drop("length_too_short", "199 < 200"));
    }

    @Test
    void dropsDumps() {
        assertThat(judge(length, "x".repeat(10_000_001)))
                .isEqualTo(Verdict.drop("length_too_long", "10000001 > 10000000"));
    }
}
