package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kindling.model.Batch;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnerTest {

    private static final int VOCABULARY = 50;
    private static final int ROWS = 8;
    private static final int LENGTH = 16;
    private static final double RATE = 3e-3;

    static List<TransformerConfig> families() {
        return List.of(
                Shapes.gpt2(VOCABULARY, 32, 2, 4, 32, 96, true),
                Shapes.gpt2(VOCABULARY, 32, 1, 2, 20, 40, false),
                Shapes.llama(VOCABULARY, 32, 2, 4, 2, 10, 32, 72),
                Shapes.untied(Shapes.llama(VOCABULARY, 32, 1, 3, 1, 6, 18, 40), 5e5, true));
    }

    @ParameterizedTest
    @MethodSource("families")
    void learnsEightSequencesByHeart(TransformerConfig config) {
        Batch batch = batch(1, ROWS, LENGTH);
        try (Learner learner = learner(config)) {
            double before = learner.evaluate(batch).meanLoss();
            for (int i = 0; i < 250; i++) {
                learner.step(batch, RATE);
            }

            assertThat(before).isCloseTo(Math.log(VOCABULARY), within(0.3));
            assertThat(learner.evaluate(batch).meanLoss()).isLessThan(0.3);
            assertThat(learner.step()).isEqualTo(250);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void learnersBesideEachOtherGiveTheBitsOfOneAlone(TransformerConfig config)
            throws InterruptedException, ExecutionException {
        float[] alone = train(config, 20);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<float[]>> runs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                runs.add(threads.submit(() -> train(config, 20)));
            }
            for (Future<float[]> run : runs) {
                assertThat(run.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void resumesWithTheSameBits(TransformerConfig config) {
        float[] uninterrupted = train(config, 9);
        try (Learner first = learner(config);
                Learner second = new Learner(config, AdamW.defaults(), ROWS + 1, LENGTH + 3)) {
            train(first, 0, 4);
            second.parameters(first.parameters());
            second.state(first.state());
            train(second, 4, 9);

            assertThat(second.parameters()).isEqualTo(uninterrupted);
        }
    }

    @Test
    void resumesWithTheSameDropoutGuardAndRecomputation() {
        TransformerConfig config = families().get(2);
        TrainingSettings settings = TrainingSettings.of(Muon.defaults())
                .withDropout(0.2)
                .withSeed(5)
                .withGuard(Guard.of(6));
        try (Learner uninterrupted = new Learner(config, settings, ROWS, LENGTH);
                Learner first = new Learner(config, settings, ROWS, LENGTH);
                Learner second = new Learner(config, settings.withRecompute(true), ROWS + 1, LENGTH + 3)) {
            uninterrupted.parameters(Weights.initial(config, 11));
            train(uninterrupted, 0, 9);
            first.parameters(Weights.initial(config, 11));
            train(first, 0, 4);
            second.parameters(first.parameters());
            second.state(first.state());
            train(second, 4, 9);

            assertThat(second.parameters()).isEqualTo(uninterrupted.parameters());
            TrainerState expected = uninterrupted.state();
            second.state()
                    .arrays()
                    .forEach((name, values) -> assertThat(values)
                            .as(name)
                            .isEqualTo(expected.arrays().get(name)));
        }
    }

    @Test
    void goesOnForAnotherWithTheBitsOfANewOne() {
        TransformerConfig config = families().get(2);
        TrainingSettings settings =
                TrainingSettings.of(Muon.defaults()).withDropout(0.2).withGuard(Guard.of(6));
        float[] theta = Weights.initial(config, 11);
        float[] broken = new float[theta.length];
        Arrays.fill(broken, Float.NaN);
        try (Learner fresh = new Learner(config, settings.withSeed(7), ROWS, LENGTH);
                Learner used = new Learner(config, settings.withSeed(5), ROWS, LENGTH)) {
            used.parameters(broken);
            used.step(batch(3, ROWS, LENGTH), RATE); // leaves no number anywhere

            used.seed(7);
            used.parameters(0, Arrays.copyOf(theta, 100));
            used.parameters(100, Arrays.copyOfRange(theta, 100, theta.length));
            used.state(TrainerState.initial(config, settings));
            fresh.parameters(theta);
            train(used, 0, 5);
            train(fresh, 0, 5);

            assertThat(used.parameters()).isEqualTo(fresh.parameters());
            assertThat(used.parameters(90, 20)).isEqualTo(Arrays.copyOfRange(fresh.parameters(), 90, 110));
            assertThat(used.state().arrays().get(Watch.NAME))
                    .isEqualTo(fresh.state().arrays().get(Watch.NAME));
        }
    }

    private static float[] train(TransformerConfig config, int steps) {
        try (Learner learner = learner(config)) {
            train(learner, 0, steps);
            return learner.parameters();
        }
    }

    private static void train(Learner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            learner.step(batch(i, ROWS, LENGTH), RATE);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void evaluationChangesNothing(TransformerConfig config) {
        try (Learner learner = learner(config)) {
            float[] before = learner.parameters();
            Batch batch = batch(3, ROWS, LENGTH);

            Step step = learner.evaluate(batch);

            assertThat(learner.parameters()).isEqualTo(before);
            assertThat(learner.state().arrays().get("exp_avg")).isEqualTo(new float[before.length]);
            assertThat(learner.step()).isZero();
            assertThat(step.gradientNorm()).isZero();
            assertThat(learner.step(batch, RATE).lossSum()).isCloseTo(step.lossSum(), within(1e-6 * step.lossSum()));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void rowsOfABatchDoNotSeeEachOther(TransformerConfig config) {
        Batch together = batch(5, 3, LENGTH);
        int[] inputs = Arrays.copyOfRange(together.inputs(), LENGTH, 2 * LENGTH);
        int[] targets = Arrays.copyOfRange(together.targets(), LENGTH, 2 * LENGTH);
        try (Learner learner = learner(config)) {
            double[] rows = learner.evaluateRows(together);
            double alone =
                    learner.evaluate(new Batch(1, LENGTH, inputs, targets)).lossSum();

            assertThat(rows[1]).isCloseTo(alone, within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void laterIdsDoNotChangeEarlierLogits(TransformerConfig config) {
        Batch batch = batch(6, 1, LENGTH);
        int[] changed = batch.inputs().clone();
        changed[LENGTH - 1] = (changed[LENGTH - 1] + 1) % VOCABULARY;
        try (Learner learner = learner(config)) {
            float[] logits = learner.logits(batch);
            float[] others = learner.logits(new Batch(1, LENGTH, changed, batch.targets()));

            int last = (LENGTH - 1) * VOCABULARY;
            assertThat(Arrays.copyOf(others, last)).isEqualTo(Arrays.copyOf(logits, last));
            assertThat(others).isNotEqualTo(logits);
        }
    }

    @Test
    void batchWithoutTargetsChangesNothing() {
        TransformerConfig config = families().get(0);
        int[] none = new int[ROWS * LENGTH];
        Arrays.fill(none, Batch.IGNORED);
        try (Learner learner = learner(config)) {
            float[] before = learner.parameters();

            Step step = learner.step(new Batch(ROWS, LENGTH, new int[none.length], none), RATE);

            assertThat(step).isEqualTo(new Step(0, 0, 0, Outcome.UNCHANGED));
            assertThat(learner.step()).isZero();
            assertThat(learner.parameters()).isEqualTo(before);
        }
    }

    @Test
    void plannedBytesCoverParametersGradientsAndMoments() {
        TransformerConfig config = families().get(0);

        MemoryPlan plan = MemoryPlan.of(config, TrainingSettings.defaults(), ROWS, LENGTH);

        long bytes = Float.BYTES * config.parameterCount();
        assertThat(plan.parameters()).isBetween(bytes, bytes + 64);
        assertThat(plan.gradients()).isBetween(bytes, bytes + 64);
        assertThat(plan.moments()).isBetween(2 * bytes, 2 * bytes + 128);
        assertThat(plan.activations())
                .isLessThan(MemoryPlan.of(config, TrainingSettings.defaults(), 2 * ROWS, LENGTH)
                        .activations());
    }

    @Test
    void guardStartsAnewWithAStateThatHasNone() {
        TransformerConfig config = families().get(0);
        TrainingSettings guarded = TrainingSettings.defaults().withGuard(Guard.of(6));
        try (Learner learner = new Learner(config, guarded, ROWS, LENGTH)) {
            learner.parameters(Weights.initial(config, 11));
            learner.step(batch(1, ROWS, LENGTH), RATE);
            assertThat(learner.state().arrays().get(Watch.NAME)[0]).isEqualTo(1);

            learner.state(TrainerState.initial(config, TrainingSettings.defaults()));

            assertThat(learner.state().arrays().get(Watch.NAME)).containsOnly(0f);
        }
    }

    @Test
    void stateWithAGuardOfAnotherLengthChangesNothing() {
        TransformerConfig config = families().get(0);
        try (Learner learner = learner(config)) {
            learner.step(batch(1, ROWS, LENGTH), RATE);
            Map<String, float[]> arrays =
                    TrainerState.initial(config, TrainingSettings.defaults()).arrays();
            arrays.put(Watch.NAME, new float[3]);
            float[] before = learner.state().arrays().get("exp_avg");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.state(new TrainerState(7, arrays)))
                    .withMessage("guard must have 6 values, got 3");

            assertThat(learner.step()).isEqualTo(1);
            assertThat(learner.state().arrays().get("exp_avg")).isEqualTo(before);
        }
    }

    /** A plan of 2^31 tokens, whose gigabytes would be taken by arrays that grow with the batch. */
    @Test
    void plansAndRefusesBatchesThatNoMachineHolds() {
        TransformerConfig config = Shapes.llama(VOCABULARY, 1 << 20, 3, 4, 2, 10, 32, 72);

        MemoryPlan plan = MemoryPlan.of(config, TrainingSettings.defaults(), 2047, 1 << 20);

        assertThat(plan.activations()).isGreaterThan(2047L << 30);
        assertThatIllegalStateException()
                .isThrownBy(() -> plan.requireFits(Integer.MAX_VALUE, 1L << 40))
                .withMessageContaining("activations %,d".formatted(plan.activations()))
                .withMessageContaining("1,099,511,627,776 are available: lower the batch size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryPlan.of(config, TrainingSettings.defaults(), 2048, 1 << 20))
                .withMessage(
                        "a batch may have at most 2147483639 tokens, got 2048 x 1048576: lower the batch size or the "
                                + "sequence length");
    }

    @Test
    void refusesIdsOfAnotherVocabulary() {
        try (Learner learner = learner(families().get(0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.step(Batch.of(new int[][] {{1, 2, VOCABULARY}}), RATE))
                    .withMessage("target must be -100 (ignored) or 0..49, got 50");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.step(Batch.of(new int[][] {{1, -2, 3}}), RATE))
                    .withMessageContaining("got -2");
        }
    }

    @Test
    void refusesBatchesLargerThanPlanned() {
        try (Learner learner = learner(families().get(0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.step(batch(1, ROWS + 1, LENGTH), RATE))
                    .withMessage("the batch is 9 x 16, this learner was planned for 8 x 16");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Learner(families().get(0), AdamW.defaults(), 1, 33))
                .withMessageContaining("1..32 positions");
    }

    private static Learner learner(TransformerConfig config) {
        Learner learner = new Learner(config, AdamW.defaults(), ROWS, LENGTH);
        learner.parameters(Weights.initial(config, 11));
        return learner;
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
