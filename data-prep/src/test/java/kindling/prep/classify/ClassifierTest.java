package kindling.prep.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {
    private static final WordHashing HASHING = new WordHashing(1 << 10, 1);
    private static final List<String> LABELS = List.of("bad", "good");

    /** Knows one word. */
    private static Classifier knowing(String word, float weight) {
        float[] weights = new float[2 << 10];
        weights[2 * HASHING.bag(word).ids()[0] + 1] = weight;
        return new Classifier(LABELS, HASHING, weights, new float[] {1, 0});
    }

    @Test
    void probabilityIsTheSoftmaxOfBiasAndWeightedWords() {
        double good = Math.exp(3 / Math.sqrt(2));

        double[] probabilities = knowing("fine", 3).probabilities("Fine words");

        assertThat(probabilities[1]).isCloseTo(good / (good + Math.E), within(1e-6));
        assertThat(probabilities[0] + probabilities[1]).isCloseTo(1, within(1e-12));
    }

    @Test
    void textWithoutWordsHasTheProbabilityOfTheBias() {
        assertThat(knowing("fine", 3).probabilities("")[0]).isCloseTo(Math.E / (Math.E + 1), within(1e-12));
    }

    @Test
    void largeWeightsDoNotOverflow() {
        assertThat(knowing("fine", Float.MAX_VALUE).probabilities("fine")).containsExactly(0, 1);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsAreFinite(float weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> knowing("fine", weight))
                .withMessageContaining("finite");
    }

    @Test
    void partsFitEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Classifier(LABELS, HASHING, new float[3], new float[2]))
                .withMessage("weights must be 2048 numbers, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Classifier(List.of("a", "a"), HASHING, new float[2 << 10], new float[2]))
                .withMessageContaining("different");
    }
}
