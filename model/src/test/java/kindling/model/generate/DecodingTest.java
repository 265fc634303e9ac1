package kindling.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecodingTest {
    @Test
    void listsEveryValueOutOfItsRange() {
        assertThatThrownBy(() ->
                        new Decoding("best", 0, 1, 0, -1, 0, 2, -1, -1, 0, Double.NaN, -2, List.of(""), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("method must be greedy, sample or beam, got best; max-new-tokens must be >= 1, got 0; "
                        + "min-new-tokens must be 0 ... max-new-tokens 0, got 1; "
                        + "temperature must be > 0, got 0.0: for no randomness use greedy; "
                        + "top-k must be >= 0 (0 keeps all), got -1; top-p must be in (0, 1] (1 keeps all), got 0.0; "
                        + "min-p must be in [0, 1] (0 keeps all), got 2.0; "
                        + "repetition-penalty must be > 0 (1 is none), got -1.0; "
                        + "no-repeat-ngram-size must be >= 0 (0 allows all), got -1; num-beams must be >= 1, got 0; "
                        + "length-penalty must be a number, got NaN; the end id must be >= 0, or -1 for none, got -2; "
                        + "a stop string or a choice must have at least one character");
    }

    @Test
    void changesOneValueAtATime() {
        Decoding decoding = Decoding.sample()
                .withMaxNewTokens(50)
                .withMinNewTokens(2)
                .withTemperature(0.5)
                .withTopK(3)
                .withTopP(0.9)
                .withMinP(0.05)
                .withRepetitionPenalty(1.1)
                .withNoRepeatNgramSize(4)
                .withNumBeams(5)
                .withLengthPenalty(2)
                .withEndId(6)
                .withStop(List.of("\n"))
                .withChoices(List.of("yes", "no"));

        assertThat(decoding)
                .isEqualTo(new Decoding(
                        "sample", 50, 2, 0.5, 3, 0.9, 0.05, 1.1, 4, 5, 2, 6, List.of("\n"), List.of("yes", "no")));
    }
}
