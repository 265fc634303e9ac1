package kindling.prep.filter;

import static kindling.prep.filter.Samples.GOOD;
import static kindling.prep.filter.Samples.judge;
import static org.assertj.core.api.Assertions.assertThat;

import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;

class SymbolsTest {
    private final RuleSet symbols = Symbols.rules();

    @Test
    void keepsPlainProse() {
        assertThat(judge(symbols, GOOD)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void keepsAQuarterAndDropsMore() {
        assertThat(judge(symbols, "a1é| ")).isEqualTo(Verdict.KEEP);
        assertThat(judge(symbols, "a1é| a1é| a||")).isEqualTo(Verdict.drop("symbols_share", "0.36 > 0.25"));
    }

    @Test
    void countsMarksAsLettersAndPicturesAsOneSymbol() {
        assertThat(judge(symbols, "हिन्दी")).isEqualTo(Verdict.KEEP);
        assertThat(judge(symbols, "ab😀")).isEqualTo(Verdict.drop("symbols_share", "0.33 > 0.25"));
    }
}
