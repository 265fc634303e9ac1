package kindling.prep.rouge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RougeTest {
    private static final Path PAIRS =
            Path.of(System.getProperty("kindling.data", "../shared/data"), "rouge", "pairs.json");

    @Test
    void dividesHitsByTheWordsOfEachSide() {
        Rouge.Scores scores = Rouge.of("testing one two", "testing one", Rouge.Reading.PLAIN);

        assertThat(scores.rouge1()).isEqualTo(new Rouge.Score(1, 2.0 / 3, 0.8));
        assertThat(scores.rouge2().recall()).isEqualTo(0.5);
        assertThat(scores.rougeL()).isEqualTo(scores.rouge1());
    }

    @Test
    void countsARepeatedWordAtMostAsOftenAsTheTargetDoes() {
        assertThat(Rouge.of("the cat the dog", "the the the", Rouge.Reading.PLAIN)
                        .rouge1()
                        .precision())
                .isEqualTo(2.0 / 3);
    }

    @Test
    void matchesInflectedWordsOnlyWithStemming() {
        assertThat(Rouge.of("killed", "kill", Rouge.Reading.PLAIN).rouge1().f1())
                .isZero();
        assertThat(Rouge.of("killed", "kill", Rouge.Reading.STEMMED).rouge1().f1())
                .isEqualTo(1);
    }

    @Test
    void unitesTheSubsequencesOfAllLinesForLsum() {
        Rouge.Score score = Rouge.of("w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", Rouge.Reading.PLAIN)
                .rougeLsum();

        assertThat(score.recall()).isEqualTo(0.8); // Lin 2004, section 3.2
        assertThat(score.precision()).isEqualTo(0.4);
    }

    @Test
    void scoresZeroWhenASideHasNoWords() {
        Rouge.Score zero = new Rouge.Score(0, 0, 0);

        assertThat(Rouge.of("", "", Rouge.Reading.STEMMED)).isEqualTo(new Rouge.Scores(zero, zero, zero, zero));
        assertThat(Rouge.of("日本", "日本", Rouge.Reading.STEMMED).rouge1()).isEqualTo(zero);
    }

    @Test
    void takesTheBestTargetForEachMetric() {
        Rouge.Scores scores = Rouge.best(List.of("b a", "a b c d", "x"), "a b", Rouge.Reading.PLAIN);

        assertThat(scores.rouge1().f1()).isEqualTo(1); // of "b a"
        assertThat(scores.rouge2().f1()).isEqualTo(0.5); // of "a b c d"
        assertThatThrownBy(() -> Rouge.best(List.of(), "a", Rouge.Reading.PLAIN))
                .hasMessageContaining("got none");
    }

    @Test
    void readsOtherScriptsWhenAsked() {
        Rouge.Reading unicode = new Rouge.Reading(true, Rouge.Tokens.UNICODE);

        assertThat(Rouge.of("東京は晴れ", "東京は雨", unicode).rouge1().recall()).isEqualTo(0.6);
        assertThat(Rouge.of("Книга на столе", "книга столе", unicode).rouge1().f1())
                .isEqualTo(0.8);
        assertThat(Rouge.of("किताब मेज पर", "किताब मेज", unicode).rouge2().precision())
                .isEqualTo(1);
        assertThat(Rouge.of("na\u0131ve cafe\u0301", "caf\u00e9", unicode)
                        .rouge1()
                        .recall())
                .isEqualTo(0.5);
        assertThat(Rouge.of("the dogs barked", "dog barks", unicode).rouge2().f1())
                .isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a ", "a\n", "ab ", ".", "ax"})
    void scoresAMegabyteOfOnePattern(String pattern) {
        String text = pattern.repeat((1 << 20) / pattern.length());

        assertThat(Rouge.of(text, text, Rouge.Reading.STEMMED).rougeL().f1()).isIn(0.0, 1.0);
    }

    @Test
    void scoresAMegabyteOfDistinctWordsAndLines() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 1 << 20; i++) {
            text.append(i).append(i % 16 == 0 ? '\n' : ' ');
        }

        assertThat(Rouge.of(text.toString(), text.toString(), Rouge.Reading.STEMMED)
                        .rougeLsum()
                        .f1())
                .isEqualTo(1);
    }

    @Test
    void cutsLinesThatAreTooLongForOneTable() {
        String line = "word ".repeat(Rouge.MAX_LINE_WORDS + 7);

        assertThat(Rouge.of(line, line, Rouge.Reading.PLAIN).rougeLsum().f1()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void equalsTheReferenceScorer(String id, JsonNode pair) {
        Rouge.Scores scores = Rouge.of(
                pair.get("target").asText(),
                pair.get("prediction").asText(),
                new Rouge.Reading(pair.get("stem").asBoolean(), Rouge.Tokens.ASCII));
        Map<String, Rouge.Score> byName = Map.of(
                "rouge1", scores.rouge1(),
                "rouge2", scores.rouge2(),
                "rougeL", scores.rougeL(),
                "rougeLsum", scores.rougeLsum());
        double tolerance = pair.get("tolerance").asDouble();

        assertThat(pair.get("expected")).as(id).isNotEmpty();
        pair.get("expected").properties().forEach(metric -> {
            Rouge.Score score = byName.get(metric.getKey());
            JsonNode expected = metric.getValue();
            assertThat(score.precision()).isCloseTo(expected.get("P").asDouble(), within(tolerance));
            assertThat(score.recall()).isCloseTo(expected.get("R").asDouble(), within(tolerance));
            assertThat(score.f1()).isCloseTo(expected.get("F").asDouble(), within(tolerance));
        });
    }

    static Stream<Object[]> published() throws IOException {
        Assumptions.assumeTrue(Files.isRegularFile(PAIRS), "no golden values at " + PAIRS);
        JsonNode pairs = new ObjectMapper().readTree(PAIRS.toFile()).get("pairs");
        return StreamSupport.stream(pairs.spliterator(), false)
                .map(pair -> new Object[] {pair.get("id").asText(), pair});
    }
}
