package kindling.model.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxRegressionTest {
    private static final int FEATURES = 1 << 10;
    private static final int LABELS = 3;
    private static final Training TRAINING = new Training(5, 16, 0.1, 42);

    /** Ten features each: four of them tell the label, the others are the same for all. */
    private static List<Example> examples(int count, long seed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(LABELS);
            int[] ids = random.ints(10, 0, 100).distinct().toArray();
            for (int j = 0; j < Math.min(4, ids.length); j++) {
                ids[j] += 100 * (label + 1);
            }
            float[] values = new float[ids.length];
            Arrays.fill(values, (float) (1 / Math.sqrt(ids.length)));
            examples.add(new Example(ids, values, label));
        }
        return examples;
    }

    private static SoftmaxRegression trained(List<Example> examples, Training training) {
        return SoftmaxRegression.train(examples, FEATURES, LABELS, training, loss -> {});
    }

    @Test
    void tellsClassesApartThatItNeverSaw() {
        try (SoftmaxRegression model = trained(examples(320, 1), TRAINING)) {
            Quality quality = model.quality(examples(200, 2));

            assertThat(quality.accuracy()).isGreaterThan(0.98);
            assertThat(quality.f1()).isGreaterThan(0.98);
            assertThat(quality.examples()).isEqualTo(200);
            assertThat(quality.confusion().stream().flatMap(List::stream).mapToInt(i -> i))
                    .hasSize(9);
            assertThat(quality.confusion().stream()
                            .flatMap(List::stream)
                            .mapToInt(i -> i)
                            .sum())
                    .isEqualTo(200);
        }
    }

    @Test
    void lossFallsFromTheLogarithmOfTheNumberOfClasses() {
        List<Double> losses = new ArrayList<>();

        SoftmaxRegression.train(examples(320, 1), FEATURES, LABELS, TRAINING, losses::add)
                .close();

        assertThat(losses).hasSize(5).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(losses.get(0)).isLessThan(Math.log(LABELS));
    }

    @Test
    void sameExamplesAndSeedGiveTheSameBits() {
        try (SoftmaxRegression one = trained(examples(100, 1), TRAINING);
                SoftmaxRegression two = trained(examples(100, 1), TRAINING);
                SoftmaxRegression other = trained(examples(100, 1), new Training(5, 16, 0.1, 43))) {
            assertThat(two.weights()).containsExactly(one.weights());
            assertThat(two.bias()).containsExactly(one.bias());
            assertThat(other.weights()).isNotEqualTo(one.weights());
        }
    }

    @Test
    void probabilitiesAreTheSoftmaxOfItsWeights() {
        List<Example> unseen = examples(40, 3); // two batches and a half
        try (SoftmaxRegression model = trained(examples(100, 1), TRAINING)) {
            List<float[]> probabilities = model.probabilities(unseen);

            for (int i = 0; i < unseen.size(); i++) {
                double[] expected = softmax(unseen.get(i), model.weights(), model.bias());
                for (int label = 0; label < LABELS; label++) {
                    assertThat((double) probabilities.get(i)[label]).isCloseTo(expected[label], within(1e-5));
                }
            }
        }
    }

    private static double[] softmax(Example example, float[] weights, float[] bias) {
        double[] exponentials = new double[LABELS];
        double sum = 0;
        for (int label = 0; label < LABELS; label++) {
            double score = bias[label];
            for (int i = 0; i < example.ids().length; i++) {
                score += (double) example.values()[i] * weights[example.ids()[i] * LABELS + label];
            }
            exponentials[label] = Math.exp(score);
            sum += exponentials[label];
        }
        for (int label = 0; label < LABELS; label++) {
            exponentials[label] /= sum;
        }
        return exponentials;
    }

    @Test
    void trainingIsWithinBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Training(0, 16, 0.1, 1))
                .withMessage("epochs must be >= 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Training(1, 16, Double.NaN, 1))
                .withMessageContaining("learning rate");
    }
}
