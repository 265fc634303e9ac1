package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kindling.model.Batch;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners that do less take less, and give the same bits. */
class PurposeTest {

    private static final int VOCABULARY = 50;
    private static final int ROWS = 3;
    private static final int LENGTH = 24;
    private static final double RATE = 3e-3;
    private static final TrainingSettings SETTINGS =
            TrainingSettings.of(Muon.defaults()).withDropout(0.2).withSeed(5);

    static List<TransformerConfig> families() {
        TransformerConfig llama = Shapes.llama(VOCABULARY, 32, 2, 4, 2, 10, 32, 72);
        return List.of(
                Shapes.gpt2(VOCABULARY, 32, 2, 4, 32, 96, true),
                llama,
                Shapes.queryKeyNorm(Shapes.untied(llama, 5e5, true)),
                llama.toBuilder().logitSoftCap(5).build());
    }

    @ParameterizedTest
    @MethodSource("families")
    void lossesHaveTheSameBitsForEveryPurpose(TransformerConfig config) {
        float[] theta = Weights.initial(config, 11);
        try (Learner training = new Learner(config, SETTINGS, ROWS, LENGTH);
                Learner recomputing = new Learner(config, SETTINGS.withRecompute(true), ROWS, LENGTH);
                Learner gradients = Learner.forGradients(config, SETTINGS, ROWS, LENGTH);
                Learner evaluation = Learner.forEvaluation(config, ROWS, LENGTH)) {
            List<Learner> all = List.of(training, recomputing, gradients, evaluation);
            all.forEach(learner -> learner.parameters(theta));
            for (Batch batch : List.of(batch(1, ROWS, LENGTH), documents(2), batch(3, 1, 5))) {
                double[] expected = training.evaluateRows(batch);
                gradients.gradients(List.of(batch), 0);

                assertThat(all).allSatisfy(learner -> {
                    assertThat(learner.evaluateRows(batch)).isEqualTo(expected);
                    assertThat(learner.evaluate(batch)).isEqualTo(training.evaluate(batch));
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void gradientsAreThoseOfTheTrainingStepWithThatNumber(TransformerConfig config) {
        List<Batch> batches = List.of(batch(1, ROWS, LENGTH), documents(2));
        try (Learner training = new Learner(config, SETTINGS, ROWS, LENGTH);
                Learner gradients = Learner.forGradients(config, SETTINGS, ROWS, LENGTH)) {
            training.parameters(Weights.initial(config, 11));
            training.step(batch(3, ROWS, LENGTH), RATE);
            training.step(batch(4, ROWS, LENGTH), RATE);
            gradients.parameters(training.parameters());

            Step computed = gradients.gradients(batches, 2);

            training.gradients(batches, 2);
            assertThat(gradients.gradients()).isEqualTo(training.gradients());
            Step made = training.step(batches, RATE);
            assertThat(computed)
                    .isEqualTo(new Step(made.lossSum(), made.targets(), made.gradientNorm(), Outcome.UNCHANGED));
            gradients.gradients(batches, 3);
            assertThat(gradients.gradients()).isNotEqualTo(training.gradients());
        }
    }

    @Test
    void gradientsMoveNothing() {
        TransformerConfig config = families().get(0);
        try (Learner learner = Learner.forGradients(config, SETTINGS, ROWS, LENGTH)) {
            learner.parameters(Weights.initial(config, 11));

            learner.gradients(List.of(batch(1, ROWS, LENGTH)), 0);

            assertThat(learner.parameters()).isEqualTo(Weights.initial(config, 11));
            assertThat(learner.step()).isZero();
        }
    }

    @Test
    void withoutTargetsThereIsNoGradient() {
        TransformerConfig config = families().get(0);
        int[] none = new int[ROWS * LENGTH];
        Arrays.fill(none, Batch.IGNORED);
        try (Learner learner = Learner.forGradients(config, SETTINGS, ROWS, LENGTH)) {
            learner.parameters(Weights.initial(config, 11));
            learner.gradients(List.of(batch(1, ROWS, LENGTH)), 0);

            Step step = learner.gradients(List.of(new Batch(ROWS, LENGTH, new int[none.length], none)), 1);

            assertThat(step).isEqualTo(new Step(0, 0, 0, Outcome.UNCHANGED));
            assertThat(learner.gradients()).containsOnly(0f);
        }
    }

    @Test
    void plansLeaveOutWhatIsNotNeeded() {
        TransformerConfig deep = Shapes.gpt2(VOCABULARY, 32, 12, 4, 32);
        MemoryPlan training = MemoryPlan.of(deep, SETTINGS, ROWS, LENGTH);

        MemoryPlan gradients = MemoryPlan.ofGradients(deep, SETTINGS, ROWS, LENGTH);
        MemoryPlan evaluation = MemoryPlan.ofEvaluation(deep, ROWS, LENGTH);

        assertThat(gradients.parameters()).isEqualTo(training.parameters());
        assertThat(gradients.gradients()).isEqualTo(training.gradients());
        assertThat(gradients.activations()).isEqualTo(training.activations());
        assertThat(gradients.moments()).isZero();
        assertThat(evaluation.parameters()).isEqualTo(training.parameters());
        assertThat(evaluation.gradients()).isZero();
        assertThat(evaluation.moments()).isZero();
        assertThat(evaluation.activations()).isLessThan(training.activations() / 8);
        assertThat(evaluation.scratch()).isLessThan(gradients.scratch());
    }

    @Test
    void refusesWhatItHasNoMemoryFor() {
        TransformerConfig config = families().get(0);
        Batch batch = batch(1, ROWS, LENGTH);
        TrainerState state = TrainerState.initial(config, SETTINGS);
        String noOptimiser = "and has no optimiser: take new Learner to train";
        try (Learner gradients = Learner.forGradients(config, SETTINGS, ROWS, LENGTH);
                Learner evaluation = Learner.forEvaluation(config, ROWS, LENGTH)) {
            for (Learner learner : List.of(gradients, evaluation)) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> learner.step(batch, RATE))
                        .withMessageContaining(noOptimiser);
                assertThatIllegalStateException().isThrownBy(learner::state).withMessageContaining(noOptimiser);
                assertThatIllegalStateException()
                        .isThrownBy(() -> learner.state(state))
                        .withMessageContaining(noOptimiser);
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> evaluation.gradients(List.of(batch), 0))
                    .withMessage("this learner is for evaluation and has no gradients: take Learner.forGradients,"
                            + " or new Learner to train");
            assertThatIllegalStateException()
                    .isThrownBy(evaluation::gradients)
                    .withMessageContaining("has no gradients");
        }
    }

    /** Rows of which the second half is a document of its own. */
    private static Batch documents(long seed) {
        Batch batch = batch(seed, ROWS, LENGTH);
        int[] documents = new int[ROWS * LENGTH];
        Arrays.setAll(documents, i -> i % LENGTH < LENGTH / 2 ? 1 : 2);
        return new Batch(ROWS, LENGTH, batch.inputs(), batch.targets(), documents).withinDocuments(true);
    }

    private static Batch batch(long seed, int rows, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] sequences = new int[rows][length + 1];
        for (int[] sequence : sequences) {
            Arrays.setAll(sequence, i -> random.nextInt(VOCABULARY));
        }
        return Batch.of(sequences);
    }
}
