package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kindling.model.Batch;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.PlainKernels;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the settings of a learner promise, for each of them. */
class TrainingSettingsTest {

    private static final int VOCABULARY = 40;
    private static final int ROWS = 4;
    private static final int LENGTH = 12;
    private static final double RATE = 3e-3;
    private static final TransformerConfig GPT = Shapes.gpt2(VOCABULARY, 16, 2, 2, 16);
    private static final TransformerConfig LLAMA = Shapes.llama(VOCABULARY, 16, 2, 4, 2, 6, 20, 32);

    static List<TrainingSettings> settings() {
        return List.of(
                TrainingSettings.defaults(),
                TrainingSettings.of(Muon.defaults()),
                TrainingSettings.defaults().withGuard(Guard.of(3)),
                TrainingSettings.of(Muon.defaults()).withGuard(Guard.of(3)).withRecompute(true));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void resumesWithTheSameBits(TrainingSettings settings) {
        float[] uninterrupted = train(LLAMA, settings, 40);
        try (Learner first = learner(LLAMA, settings);
                Learner second = new Learner(LLAMA, settings, ROWS, LENGTH)) {
            train(first, 0, 29);
            second.parameters(first.parameters());
            second.state(first.state());
            train(second, 29, 40);

            assertThat(second.parameters()).isEqualTo(uninterrupted);
            assertThat(second.step()).isEqualTo(40);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void batchesThatAddUpMakeTheStepOfAllAtOnce(TrainingSettings settings) {
        Batch whole = batch(1, ROWS, 9);
        List<Batch> parts = List.of(rows(whole, 0, 1), rows(whole, 1, 3), without(whole), rows(whole, 3, 4));
        try (Learner atOnce = learner(GPT, settings);
                Learner adding = learner(GPT, settings);
                Learner again = learner(GPT, settings)) {
            Step one = atOnce.step(whole, RATE);
            Step many = adding.step(parts, RATE);
            again.step(parts, RATE);

            assertThat(many.lossSum()).isCloseTo(one.lossSum(), within(1e-4));
            assertThat(many.targets()).isEqualTo(one.targets());
            assertThat(many.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-5));
            assertThat(adding.step()).isEqualTo(1);
            assertThat(again.parameters()).isEqualTo(adding.parameters());
        }
    }

    @Test
    void gradientsThatAddUpAreThoseOfAllAtOnce() {
        Batch whole = batch(2, ROWS, LENGTH);
        try (Learner learner = learner(GPT, TrainingSettings.defaults())) {
            learner.gradients(List.of(whole), 0);
            float[] atOnce = learner.gradients();
            learner.gradients(List.of(rows(whole, 0, 2), rows(whole, 2, 4)), 0);

            assertThat(learner.gradients()).containsExactly(atOnce, within(1e-6f));
        }
    }

    @Test
    void muonLearnsByHeartFasterThanAdamWEachAtItsBestRate() {
        double muon = bestLoss(Muon.defaults());
        double adamW = bestLoss(AdamW.defaults());

        assertThat(muon).isLessThan(adamW / 2);
    }

    private static double bestLoss(Optimiser optimiser) {
        TransformerConfig config = Shapes.gpt2(VOCABULARY, 16, 3, 4, 32);
        Batch batch = batch(7, ROWS, LENGTH);
        double best = Double.POSITIVE_INFINITY;
        for (double rate : new double[] {3e-3, 1e-2, 2e-2, 4e-2}) {
            try (Learner learner = learner(config, TrainingSettings.of(optimiser))) {
                for (int step = 0; step < 20; step++) {
                    learner.step(batch, rate);
                }
                best = Math.min(best, learner.evaluate(batch).meanLoss());
            }
        }
        return best;
    }

    @Test
    void poisonedStepChangesNoBit() {
        Batch good = batch(3, ROWS, LENGTH);
        try (Learner learner = learner(GPT, TrainingSettings.defaults().withGuard(Guard.of(6)))) {
            for (int i = 0; i < 200; i++) {
                learner.step(good, RATE);
            }
            float[] before = learner.parameters();
            TrainerState state = learner.state();

            Step step = learner.step(batch(4, ROWS, LENGTH), RATE);

            assertThat(step.outcome()).isInstanceOf(Outcome.Skipped.class);
            assertThat(step.meanLoss()).isGreaterThan(1);
            assertThat(learner.parameters()).isEqualTo(before);
            assertThat(learner.state().step()).isEqualTo(state.step());
            assertThat(learner.state().arrays().get("exp_avg"))
                    .isEqualTo(state.arrays().get("exp_avg"));
            assertThat(learner.step(good, RATE).outcome()).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void parametersThatAreNotFiniteMoveNothing() {
        try (Learner learner = learner(GPT, TrainingSettings.defaults())) {
            float[] broken = Weights.initial(GPT, 1);
            broken[3 * GPT.width()] = Float.NaN;
            learner.parameters(broken);

            Step step = learner.step(batch(5, ROWS, LENGTH), RATE);

            assertThat(step.outcome()).isInstanceOf(Outcome.Skipped.class);
            assertThat(learner.parameters()).isEqualTo(broken);
            assertThat(learner.step()).isZero();
        }
    }

    @Test
    void recomputingGivesTheSameBitsInLessMemory() {
        TrainingSettings keeping = TrainingSettings.defaults();
        TrainingSettings recomputing = keeping.withRecompute(true);

        assertThat(train(GPT, recomputing, 5)).isEqualTo(train(GPT, keeping, 5));
        assertThat(MemoryPlan.of(deep(), recomputing, ROWS, LENGTH).activations())
                .isLessThan(MemoryPlan.of(deep(), keeping, ROWS, LENGTH).activations() / 2);
    }

    private static TransformerConfig deep() {
        return Shapes.gpt2(VOCABULARY, 16, 12, 2, 16);
    }

    @Test
    void twoTrainingsOfDifferentShapesDoNotDisturbEachOther() throws Exception {
        Callable<float[]> one = () -> train(GPT, TrainingSettings.of(Muon.defaults()), 30);
        Callable<float[]> other = () -> train(LLAMA, TrainingSettings.defaults(), 30);
        float[] oneAlone = one.call();
        float[] otherAlone = other.call();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<float[]> first = threads.submit(one);
            Future<float[]> second = threads.submit(other);

            assertThat(first.get()).isEqualTo(oneAlone);
            assertThat(second.get()).isEqualTo(otherAlone);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void plainKernelsTrainToTheLossesOfVectors() {
        double[] vectors = losses(RowKernels.create());
        double[] plain = losses(PlainKernels.create());

        assertThat(plain).containsExactly(vectors, within(1e-3));
        assertThat(plain[39]).isLessThan(plain[0]);
    }

    private static double[] losses(RowKernels kernels) {
        double[] losses = new double[40];
        try (Learner learner = new Learner(LLAMA, TrainingSettings.defaults(), ROWS, LENGTH, kernels).allocate()) {
            learner.parameters(Weights.initial(LLAMA, 11));
            Batch batch = batch(9, ROWS, LENGTH);
            for (int i = 0; i < losses.length; i++) {
                losses[i] = learner.step(batch, RATE).meanLoss();
            }
        }
        return losses;
    }

    @Test
    void stateOfAnotherOptimiserIsRefusedByName() {
        TrainerState adamW = TrainerState.initial(GPT, TrainingSettings.defaults());
        try (Learner learner = learner(GPT, TrainingSettings.of(Muon.defaults()))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.state(adamW))
                    .withMessageContaining("momentum must have")
                    .withMessageContaining("got none");
        }
    }

    @Test
    void planThatDoesNotFitIsRefusedWithItsNumbers() {
        MemoryPlan plan = new MemoryPlan(1000, 1000, 2000, 500, 500);

        plan.requireFits(2, 10_000);
        assertThatIllegalStateException()
                .isThrownBy(() -> plan.requireFits(2, 9_999))
                .withMessageContaining("10,000 bytes")
                .withMessageContaining("2 at a time of 5,000 each")
                .withMessageContaining("9,999 are available");
        assertThat(plan.lines()).hasSize(6).last().asString().contains("5,000 bytes");
    }

    private static float[] train(TransformerConfig config, TrainingSettings settings, int steps) {
        try (Learner learner = learner(config, settings)) {
            train(learner, 0, steps);
            return learner.parameters();
        }
    }

    private static void train(Learner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            learner.step(List.of(batch(i, ROWS, LENGTH), batch(1000 + i, ROWS, 5)), RATE);
        }
    }

    private static Learner learner(TransformerConfig config, TrainingSettings settings) {
        Learner learner = new Learner(config, settings, ROWS, LENGTH);
        learner.parameters(Weights.initial(config, 11));
        return learner;
    }

    private static Batch rows(Batch batch, int from, int to) {
        int length = batch.length();
        return new Batch(
                to - from,
                length,
                Arrays.copyOfRange(batch.inputs(), from * length, to * length),
                Arrays.copyOfRange(batch.targets(), from * length, to * length));
    }

    private static Batch without(Batch batch) {
        int[] none = new int[batch.inputs().length];
        Arrays.fill(none, Batch.IGNORED);
        return new Batch(batch.rows(), batch.length(), batch.inputs(), none);
    }

    /** Random ids; every third target is ignored, and more of them in later rows. */
    private static Batch batch(long seed, int rows, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] inputs = new int[rows * length];
        int[] targets = new int[rows * length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextInt(VOCABULARY);
            targets[i] = i % 3 == 0 || random.nextInt(rows) < i / length ? Batch.IGNORED : random.nextInt(VOCABULARY);
        }
        return new Batch(rows, length, inputs, targets);
    }
}
