package kindling.prep.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CentralityTest {
    @Test
    void sentencesOfTheSameStemsAreAlike() {
        Centrality centrality = new Centrality(List.of("The dogs barked.", "A dog barks.", "Rain fell."));

        assertThat(centrality.cosine(0, 1)).isGreaterThan(0.3);
        assertThat(centrality.cosine(0, 2)).isZero();
        assertThat(centrality.cosine(2, 2)).isEqualTo(1, within(1e-12));
    }

    @Test
    void whatStandsAloneIsNotCentral() {
        double[] central =
                new Centrality(List.of("The harbour burned.", "Harbour workers fled.", "Snow fell.")).ofEach();

        assertThat(central[0]).isPositive();
        assertThat(central[1]).isPositive();
        assertThat(central[2]).isZero();
    }

    /** The sum over pairs that the class does without. */
    private static double slow(Centrality centrality, int sentences, int i) {
        double sum = 0;
        for (int j = 0; j < sentences; j++) {
            sum += j == i ? 0 : centrality.cosine(i, j);
        }
        return sum * centrality.length(i);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void equalsTheSumOfAllPairs(long seed) {
        Random random = new Random(seed);
        List<String> sentences = IntStream.range(0, 30)
                .mapToObj(i -> IntStream.range(0, 1 + random.nextInt(12))
                        .mapToObj(j -> "w" + random.nextInt(40))
                        .collect(Collectors.joining(" ")))
                .toList();
        Centrality centrality = new Centrality(sentences);

        double[] central = centrality.ofEach();

        for (int i = 0; i < sentences.size(); i++) {
            assertThat(central[i]).isEqualTo(slow(centrality, sentences.size(), i), within(1e-9));
        }
    }
}
