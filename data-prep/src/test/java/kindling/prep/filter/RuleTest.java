package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static Rule between(double least, double most) {
        return new Rule("a_rule", least, most, text -> 0);
    }

    @Test
    void keepsWhatLiesOnItsBounds() {
        assertThat(between(3, 10).judge(3)).isEqualTo(Verdict.KEEP);
        assertThat(between(3, 10).judge(10)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void tellsValueAndBound() {
        assertThat(between(3, 10).judge(1.75)).isEqualTo(Verdict.drop("a_rule", "1.75 < 3"));
        assertThat(between(3, 10).judge(12)).isEqualTo(Verdict.drop("a_rule", "12 > 10"));
        assertThat(between(0, 0.1).judge(0.31)).isEqualTo(Verdict.drop("a_rule", "0.31 > 0.10"));
    }

    @Test
    void tellsAsManyDecimalsAsItTakesToSeeTheDifference() {
        assertThat(between(0, 0.1).judge(0.1004)).isEqualTo(Verdict.drop("a_rule", "0.1004 > 0.1000"));
    }

    @Test
    void keepsWhatHasNothingToMeasure() {
        assertThat(between(3, 10).judge(Double.NaN)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void refusesBoundsThatKeepNothing() {
        assertThatThrownBy(() -> between(3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a_rule would drop every text: its least value 3.0 is above its most 2.0");
    }
}
