package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import kindling.model.Batch;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartOptimiserTest {

    private static final int VOCABULARY = 50;
    private static final int ROWS = 3;
    private static final int LENGTH = 16;
    private static final double RATE = 3e-3;
    /** So small that gradients are clipped. */
    private static final AdamW ADAM_W = AdamW.defaults().withClip(0.3);

    private static final TransformerConfig GPT = Shapes.gpt2(VOCABULARY, 16, 2, 2, 20, 44, true);
    private static final TransformerConfig LLAMA =
            Shapes.untied(Shapes.llama(VOCABULARY, 16, 2, 4, 2, 6, 18, 40), 1e4, true);

    static List<Arguments> cases() {
        return Stream.of(ADAM_W, Muon.defaults().withOthers(ADAM_W).withShareOfRate(0.5))
                .flatMap(optimiser -> Stream.of(GPT, LLAMA)
                        .flatMap(config -> Stream.of(333, 1024, 1 << 20)
                                .map(most -> Arguments.of(
                                        config.modelType(),
                                        optimiser.getClass().getSimpleName(),
                                        most,
                                        config,
                                        optimiser))))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1} parts of {2}")
    @MethodSource("cases")
    void movesAsALearnerDoesToTheBit(
            String family, String name, int most, TransformerConfig config, Optimiser optimiser) {
        Replicated parts = new Replicated(config, optimiser, most);
        try (Learner learner = learner(config, optimiser)) {
            for (int i = 0; i < 4; i++) {
                parts.step(gradient(learner, i), learner.step(batch(i), RATE).gradientNorm());

                assertThat(parts.theta).isEqualTo(learner.parameters());
                assertSame(PartOptimiser.join(parts.moments), learner.state());
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} parts of {2}")
    @MethodSource("cases")
    void partsGoOnFromALearnerAndALearnerFromParts(
            String family, String name, int most, TransformerConfig config, Optimiser optimiser) {
        Replicated parts = new Replicated(config, optimiser, most);
        try (Learner uninterrupted = learner(config, optimiser);
                Learner other = learner(config, optimiser)) {
            train(uninterrupted, 0, 6);
            train(other, 0, 2);
            parts.goOn(other);
            for (int i = 2; i < 4; i++) {
                other.parameters(parts.theta);
                float[] gradient = gradient(other, i);
                parts.step(gradient, norm(gradient));
            }
            other.parameters(parts.theta);
            other.state(new TrainerState(4, PartOptimiser.join(parts.moments)));
            train(other, 4, 6);

            assertThat(other.parameters()).isEqualTo(uninterrupted.parameters());
            assertThat(other.step()).isEqualTo(6);
        }
    }

    @Test
    void squaresOfPartsAddUpToTheNormOfAll() {
        try (Learner learner = learner(GPT, ADAM_W)) {
            float[] gradient = gradient(learner, 1);
            double norm = learner.step(batch(1), RATE).gradientNorm();

            double squares = Part.cut(GPT, ADAM_W, 777).stream()
                    .mapToDouble(part -> PartOptimiser.squares(part.of(gradient)))
                    .sum();

            assertThat(norm(gradient)).isEqualTo(norm);
            assertThat(Math.sqrt(squares)).isCloseTo(norm, within(1e-6 * norm));
        }
    }

    @Test
    void changesNothingThatIsPassedIn() {
        Part part = Part.cut(GPT, ADAM_W, 500).get(0);
        PartOptimiser optimiser = new PartOptimiser(GPT, ADAM_W, part);
        float[] theta = new float[500];
        float[] gradient = new float[500];
        Arrays.fill(gradient, 1f);
        Map<String, float[]> moments = optimiser.initial();

        PartOptimiser.Moved moved = optimiser.step(theta, gradient, moments, 1, RATE, 1);

        assertThat(moved.parameters()).doesNotContain(0f);
        assertThat(moved.moments().get("exp_avg")).doesNotContain(0f);
        assertThat(theta).containsOnly(0f);
        assertThat(gradient).containsOnly(1f);
        assertThat(moments.get("exp_avg")).hasSize(500).containsOnly(0f);
    }

    @Test
    void plansTheBytesOfFourArrays() {
        Part part = Part.cut(GPT, ADAM_W, 512).get(0);

        assertThat(new PartOptimiser(GPT, ADAM_W, part).bytes()).isEqualTo(4 * 512 * Float.BYTES);
    }

    @Test
    void refusesPartsAndMomentsOfOthers() {
        Part part = Part.cut(GPT, ADAM_W, 3000).get(1);
        PartOptimiser optimiser = new PartOptimiser(GPT, ADAM_W, part);
        Map<String, float[]> muon = TrainerState.initial(LLAMA, TrainingSettings.of(Muon.defaults()))
                .arrays();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartOptimiser(GPT, Muon.defaults(), part))
                .withMessageContaining("take those that Part.cut gives for both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartOptimiser(GPT, ADAM_W, new Part(0, 0, 1 << 20)))
                .withMessageContaining("take those that Part.cut gives for both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.cut(muon))
                .withMessageContaining("exp_avg must have %d values".formatted(GPT.parameterCount()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.step(new float[3000], new float[2], optimiser.initial(), 1, RATE, 1))
                .withMessageContaining("gradient of Part[index=1, from=3000, size=3000] must have 3000 values, got 2");
    }

    /** A model that is moved part by part. */
    private static final class Replicated {
        private final List<Part> parts;
        private final List<PartOptimiser> optimisers;
        private final List<Map<String, float[]>> moments = new ArrayList<>();
        private float[] theta;
        private long step;

        Replicated(TransformerConfig config, Optimiser optimiser, int most) {
            parts = Part.cut(config, optimiser, most);
            optimisers = parts.stream()
                    .map(part -> new PartOptimiser(config, optimiser, part))
                    .toList();
            optimisers.forEach(own -> moments.add(own.initial()));
            theta = Weights.initial(config, 11);
        }

        void goOn(Learner learner) {
            theta = learner.parameters();
            step = learner.step();
            for (int i = 0; i < parts.size(); i++) {
                moments.set(i, optimisers.get(i).cut(learner.state().arrays()));
            }
        }

        void step(float[] gradient, double norm) {
            step++;
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                PartOptimiser.Moved moved =
                        optimisers.get(i).step(part.of(theta), part.of(gradient), moments.get(i), step, RATE, norm);
                System.arraycopy(moved.parameters(), 0, theta, part.from(), part.size());
                moments.set(i, moved.moments());
            }
        }
    }

    private static double norm(float[] gradient) {
        return Math.sqrt(PartOptimiser.squares(gradient));
    }

    private static float[] gradient(Learner learner, int number) {
        learner.gradients(List.of(batch(number)), 0);
        return learner.gradients();
    }

    private static void assertSame(Map<String, float[]> moments, TrainerState state) {
        assertThat(moments.keySet()).isEqualTo(state.arrays().keySet());
        moments.forEach((name, values) ->
                assertThat(values).as(name).isEqualTo(state.arrays().get(name)));
    }

    private static void train(Learner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            learner.step(batch(i), RATE);
        }
    }

    private static Learner learner(TransformerConfig config, Optimiser optimiser) {
        Learner learner = new Learner(config, optimiser, ROWS, LENGTH);
        learner.parameters(Weights.initial(config, 11));
        return learner;
    }

    private static Batch batch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] sequences = new int[ROWS][LENGTH + 1];
        for (int[] sequence : sequences) {
            Arrays.setAll(sequence, i -> random.nextInt(VOCABULARY));
        }
        return Batch.of(sequences);
    }
}
