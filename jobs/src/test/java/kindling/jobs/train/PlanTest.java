package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kindling.jobs.examples.Order;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.average.Wire;
import kindling.model.train.Decay;
import kindling.model.train.Learner;
import kindling.model.train.Schedule;
import kindling.model.train.Weights;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static Plan plan(int replicas, int localSteps, long steps, long warmup) {
        return plan("{}", replicas, Averaging.of("average", localSteps), steps, 4, TrainingRecipe.of(1e-3, warmup));
    }

    private static Plan plan(
            String config, int replicas, Averaging averaging, long steps, int batchSize, TrainingRecipe recipe) {
        return new Plan(config, replicas, steps, Long.MAX_VALUE, batchSize, 8, recipe, averaging, 42);
    }

    private static final Averaging EACH_STEP = Averaging.of("average", 1);

    @Test
    void theLastRoundIsShorterWhenStepsAreNoMultiple() {
        Plan plan = plan(2, 10, 25, 0);

        assertThat(plan.rounds()).isEqualTo(3);
        assertThat(LongStream.rangeClosed(0, 3).map(plan::firstStep)).containsExactly(0L, 10L, 20L, 25L);
    }

    @Test
    void averagedGradientsAreRoundsOfOneStep() {
        Plan plan = plan("{}", 2, Averaging.of("gradient", 1), 5, 4, TrainingRecipe.of(1e-3, 0));

        assertThat(plan.rounds()).isEqualTo(5);
        assertThat(plan.averagesGradients(4)).isTrue();
        assertThat(plan.firstStep(3)).isEqualTo(3);
    }

    @Test
    void localStepsFollowAveragedGradients() {
        Averaging postLocal = new Averaging("average", 10, 3, null, null, false, Wire.FLOAT32);
        Plan plan = plan("{}", 2, postLocal, 25, 4, TrainingRecipe.of(1e-3, 0));

        assertThat(plan.rounds()).isEqualTo(6);
        assertThat(LongStream.rangeClosed(0, 6).map(plan::firstStep)).containsExactly(0L, 1L, 2L, 3L, 13L, 23L, 25L);
        assertThat(plan.averagesGradients(2)).isTrue();
        assertThat(plan.averagesGradients(3)).isFalse();
        assertThat(plan.takesOver(3)).isTrue();
        assertThat(plan.takesOver(0)).isFalse();
    }

    @Test
    void theLastBatchesAreShorterWhereTheDataEnds() {
        Plan plan = new Plan("{}", 2, 2, 13, 4, 8, TrainingRecipe.of(1e-3, 0), EACH_STEP, 42); // 13 sequences, 8 a step

        assertThat(plan.numbers(position -> position, 1, 0, 0)).containsExactly(8, 9, 10, 11);
        assertThat(plan.numbers(position -> position, 1, 1, 0)).containsExactly(12);
        assertThat(plan.numbers(position -> position, 2, 0, 0)).isEmpty();
    }

    @Test
    void withoutStepsThereIsNoRound() {
        assertThat(plan(2, 10, 0, 50).rounds()).isZero();
        assertThat(plan(2, 10, 0, 50).schedule().rate(0)).isFinite();
    }

    @Test
    void warmsUpToThePeakAndEndsAtATenthOfIt() {
        Schedule schedule = plan(2, 10, 100, 10).schedule();

        assertThat(schedule.rate(0)).isPositive().isLessThan(2e-4);
        assertThat(LongStream.range(0, 100).mapToDouble(schedule::rate).max().orElseThrow())
                .isEqualTo(1e-3, within(1e-9));
        assertThat(schedule.rate(99)).isEqualTo(1e-4, within(1e-5));
    }

    @Test
    void aWarmUpLongerThanTheRunIsCut() {
        Schedule schedule = plan(1, 5, 10, 50).schedule();

        assertThat(LongStream.range(0, 10).mapToDouble(schedule::rate).max().orElseThrow())
                .isEqualTo(1e-3, within(1e-9));
    }

    @Test
    void replicasAndStepsShareAnEpochWithoutOverlap() {
        Plan plan = plan(3, 10, 8, 0);
        Order order = new Order(42, 96); // 8 steps of 3 replicas of 4 sequences

        List<Long> seen = new ArrayList<>();
        for (long step = 0; step < 8; step++) {
            for (int replica = 0; replica < 3; replica++) {
                LongStream.of(plan.numbers(order::at, step, replica, 0)).forEach(seen::add);
            }
        }

        assertThat(seen).hasSize(96).doesNotHaveDuplicates();
    }

    @Test
    void theBatchesOfAStepFollowEachOther() {
        TrainingRecipe twice =
                new TrainingRecipe(false, 1e-3, 1e-4, 0, Decay.COSINE, 0.2, 0.1, 0.9, 0.95, 1, 2, 0, 6, false, false);
        Plan plan = plan("{}", 2, EACH_STEP, 4, 4, twice);

        assertThat(plan.numbers(position -> position, 3, 1, 0)).containsExactly(56, 57, 58, 59);
        assertThat(plan.numbers(position -> position, 3, 1, 1)).containsExactly(60, 61, 62, 63);
    }

    @Test
    void attentionStaysInDocumentsWhereTheRecipeSaysSo() {
        Batch batch = Batch.of(new int[][] {{1, 2, 3, 4}});

        assertThat(seen(true, batch).mask()).isNotEqualTo(seen(false, batch).mask());
        assertThat(seen(false, batch)).isSameAs(batch);
    }

    private static Batch seen(boolean withinDocuments, Batch batch) {
        TrainingRecipe recipe = new TrainingRecipe(
                false, 1e-3, 1e-4, 0, Decay.COSINE, 0.2, 0.1, 0.9, 0.95, 1, 1, 0, 6, false, withinDocuments);
        return plan("{}", 1, EACH_STEP, 1, 1, recipe).seen(batch);
    }

    @Test
    void replicasDropOtherValues() {
        TransformerConfig tiny = TransformerConfig.gpt2(50, 8, 1, 2, 8);
        TrainingRecipe dropping =
                new TrainingRecipe(false, 1e-3, 1e-4, 0, Decay.COSINE, 0.2, 0.1, 0.9, 0.95, 1, 1, 0.5, 6, false, false);
        Plan plan = plan(tiny.toJson(), 2, EACH_STEP, 1, 1, dropping);

        assertThat(stepOf(plan, 0)).isEqualTo(stepOf(plan, 0)).isNotEqualTo(stepOf(plan, 1));
    }

    private static double stepOf(Plan plan, int replica) {
        try (Learner learner = plan.learner(0)) {
            learner.seed(plan.seed(replica));
            learner.parameters(Weights.initial(plan.model(), 1));
            return learner.step(Batch.of(new int[][] {{1, 2, 3, 4, 5}}), 1e-3).lossSum();
        }
    }

    @Test
    void kReplicasOfBSeeInAStepWhatOneReplicaOfKTimesBSees() {
        Plan two = plan("{}", 2, EACH_STEP, 4, 4, TrainingRecipe.of(1e-3, 0));
        Plan one = plan("{}", 1, EACH_STEP, 4, 8, TrainingRecipe.of(1e-3, 0));
        Order order = new Order(42, 100);

        assertThat(LongStream.concat(
                        LongStream.of(two.numbers(order::at, 3, 0, 0)), LongStream.of(two.numbers(order::at, 3, 1, 0))))
                .containsExactly(
                        LongStream.of(one.numbers(order::at, 3, 0, 0)).boxed().toArray(Long[]::new));
    }
}
