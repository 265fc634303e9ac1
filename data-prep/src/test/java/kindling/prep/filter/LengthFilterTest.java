package kindling.prep.filter;

import static kindling.prep.filter.Samples.judge;
import static org.assertj.core.api.Assertions.assertThat;

import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;

class LengthFilterTest {
    private final Filter filter = new LengthFilter();

    @Test
    void keepsTwoHundredCharacters() {
        assertThat(judge(filter, "x".repeat(200))).isEqualTo(Verdict.KEEP);
    }

    @Test
    void countsCodePoints() {
        assertThat(judge(filter, "😀".repeat(199))).isEqualTo(Verdict.drop("length_too_short", "199 < 200"));
    }

    @Test
    void dropsDumps() {
        assertThat(judge(filter, "x".repeat(10_000_001)))
                .isEqualTo(Verdict.drop("length_too_long", "10000001 > 10000000"));
    }
}
