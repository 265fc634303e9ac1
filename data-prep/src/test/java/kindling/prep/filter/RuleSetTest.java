package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {
    private static final UserLists LISTS = new UserLists(List.of("en"), List.of("dragon"));

    private static Rule rule(String set, String reason, String... thresholds) {
        List<Threshold> parsed =
                List.of(thresholds).stream().map(Threshold::parse).toList();
        return RuleSet.named(set, LISTS).stream()
                .flatMap(found -> found.with(parsed).everyRule())
                .filter(found -> found.reason().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    static List<String> names() {
        return RuleSet.names();
    }

    @Test
    void gopherIsQualityAndRepetition() {
        assertThat(RuleSet.named("gopher", UserLists.NONE))
                .extracting(RuleSet::name)
                .containsExactly("gopher_quality", "gopher_repetition");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyRuleHasAReasonOfItsOwnThatBeginsWithItsSet(String name) {
        List<String> reasons = RuleSet.named(name, LISTS).stream()
                .flatMap(RuleSet::everyRule)
                .map(Rule::reason)
                .toList();

        assertThat(reasons)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(reason -> reason.startsWith(name.replaceFirst("_quality|_repetition", "") + "_"));
    }

    @Test
    void noTwoSetsShareAReason() {
        assertThat(RuleSet.names().stream()
                        .filter(name -> !name.equals("gopher"))
                        .flatMap(name -> RuleSet.named(name, LISTS).stream())
                        .flatMap(RuleSet::everyRule)
                        .map(Rule::reason))
                .doesNotHaveDuplicates();
    }

    @Test
    void unknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> RuleSet.named("goofer", UserLists.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"goofer\" is no rule set: use one of length, gopher, gopher_quality,");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"language", "words"})
    void setsThatNeedAListSaySo(String name) {
        assertThatThrownBy(() -> RuleSet.named(name, UserLists.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the rule set " + name + " needs");
    }

    @Test
    void thresholdsReplaceTheOnlyBound() {
        assertThat(rule("gopher", "gopher_symbol_ratio", "gopher_symbol_ratio=0.2")
                        .most())
                .isEqualTo(0.2);
        assertThat(rule("gopher", "gopher_stop_words", "gopher_stop_words=1").least())
                .isEqualTo(1);
        assertThat(rule("gopher", "gopher_stop_words", "gopher_stop_words=none").least())
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(rule("c4", "c4_line_words", "c4_line_words = 3").least()).isEqualTo(3);
    }

    @Test
    void thresholdsReplaceOneOfTwoBoundsOrBoth() {
        Rule rule = rule(
                "gopher",
                "gopher_mean_word_length",
                "gopher_mean_word_length.least=12",
                "gopher_mean_word_length.most=20");

        assertThat(rule.least()).isEqualTo(12);
        assertThat(rule.most()).isEqualTo(20);
    }

    @Test
    void thresholdMustSayWhichOfTwoBoundsItMeans() {
        assertThatThrownBy(() -> rule("gopher", "gopher_mean_word_length", "gopher_mean_word_length=2"))
                .hasMessage("gopher_mean_word_length has two bounds: set gopher_mean_word_length.least or"
                        + " gopher_mean_word_length.most");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "gopher_symbol_ratio", "=1", "gopher_symbol_ratio=", "a=high", "a=NaN", "a=Infinity"})
    void thresholdsOfAnotherFormAreRefused(String text) {
        assertThatThrownBy(() -> Threshold.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a threshold is RULE=NUMBER")
                .hasMessageContaining("\"" + text + "\"");
    }
}
