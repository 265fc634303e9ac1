package kindling.prep.filter;

import static kindling.prep.filter.Samples.GOOD;
import static kindling.prep.filter.Samples.judge;
import static kindling.prep.filter.Samples.measure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmfulWordsTest {
    private final RuleSet words =
            HarmfulWords.rules(List.of("Dragon", " old  dragon ", "", "дракон", "竜", "มังกร", "straße", "o'clock"));

    @Test
    void keepsPlainProse() {
        assertThat(judge(words, GOOD)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void dropsOneListedWord() {
        assertThat(judge(words, GOOD + "dragon")).isEqualTo(Verdict.drop("words_listed", "1.00 > 0.00"));
    }

    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource({
        "dragon,1",
        "DRAGON! (dragon),2",
        "snapdragon dragons dragon2,0",
        "an old dragon,1",
        "'an old\t\n dragon',1",
        "older dragon,1",
        "an old dra gon,0",
        "ДРАКОН,1",
        "драконы,0",
        "一匹の竜がいる,1",
        "ฉันเห็นมังกรตัวหนึ่ง,1",
        "STRAßE,1",
        "seven o'clock,1",
    })
    void countsWholeWordsInAnyCaseAndScript(String text, int count) {
        assertThat(measure(words, "words_listed", text)).isEqualTo(count);
    }

    @Test
    void aShareOfWordsCanBeAllowed() {
        RuleSet lenient =
                words.with(List.of(Threshold.parse("words_listed=none"), Threshold.parse("words_listed_share=0.25")));

        assertThat(judge(lenient, "a dragon is here")).isEqualTo(Verdict.KEEP);
        assertThat(judge(lenient, "a dragon here")).isEqualTo(Verdict.drop("words_listed_share", "0.33 > 0.25"));
    }
}
