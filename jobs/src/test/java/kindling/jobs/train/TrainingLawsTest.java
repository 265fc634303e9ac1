package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.UserError;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.ShardFolder;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.train.Decay;
import kindling.model.train.Learner;
import kindling.model.train.Schedule;
import kindling.model.train.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingLawsTest {
    private static final TransformerConfig TINY = TransformerConfig.gpt2(50, 8, 1, 2, 8);
    private static final long SEED = 42;

    @TempDir
    Path folder;

    private Examples examples;

    @BeforeEach
    void writeShards() throws IOException {
        Random random = new Random(1);
        examples = Windows.stream(
                ShardFolder.write(
                        folder.resolve("shards"),
                        2,
                        random.ints(700, 0, 50).toArray(),
                        random.ints(500, 0, 50).toArray()),
                TINY.contextLength());
    }

    private static Plan plan(int replicas, String strategy, long steps) {
        return plan(replicas, strategy, steps, TrainingRecipe.of(1e-2, 4));
    }

    private static Plan plan(int replicas, String strategy, long steps, TrainingRecipe recipe) {
        return new Plan(TINY.toJson(), replicas, 3, steps, 2, TINY.contextLength(), recipe, strategy, SEED);
    }

    /** Muon, two batches a step, dropout and a guard that leaves steps out. */
    private static TrainingRecipe manifold() {
        return new TrainingRecipe(true, 1e-2, 1e-3, 4, Decay.WSD, 0.3, 0.1, 0.9, 0.95, 1, 2, 0.1, 0.5, true, true);
    }

    private Map<String, String> train(String name, Plan plan, Examples data) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        new Training(
                        LocalSpark.context(),
                        plan,
                        data,
                        Storage.absolute(target.toString()),
                        Json.object().put("seed", SEED),
                        new TrainingLog("train"),
                        2)
                .run(Weights.initial(TINY, SEED));
        return digests(target);
    }

    /** What lies in a finished run's folder, but for the log, which holds seconds. */
    private static Map<String, String> digests(Path target) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.filter(file -> !file.endsWith("train.jsonl")).toList()) {
                digests.put(
                        file.getFileName().toString(),
                        Arrays.hashCode(Files.readAllBytes(file)) + " of " + Files.size(file) + " bytes");
            }
        }
        return digests;
    }

    private static byte[] model(float[] parameters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Checkpoint.writeModel(bytes, TINY, parameters);
        return bytes.toByteArray();
    }

    @Test
    void aFinishedRunIsACheckpoint() throws IOException {
        assertThat(train("run", plan(2, "average", 7), examples).keySet())
                .containsExactly(
                        "config.json",
                        "model.safetensors",
                        "trainer-00000-of-00002.safetensors",
                        "trainer-00001-of-00002.safetensors",
                        "trainer.safetensors",
                        "trainer_state.json");
        assertThat(Json.parse(Files.readString(folder.resolve("run/trainer_state.json")))
                        .toString())
                .isEqualTo("{\"seed\":42,\"step\":7,\"round\":3}");
    }

    @Test
    void averagingOneReplicaIsPlainTraining() throws IOException {
        Plan plan = plan(1, "average", 7);

        train("run", plan, examples);

        try (Learner learner = plan.learner(0);
                Examples.Reader reader = examples.open()) {
            learner.parameters(Weights.initial(TINY, SEED));
            Order order = new Order(SEED, examples.size());
            Schedule schedule = plan.schedule();
            for (long step = 0; step < 7; step++) {
                learner.step(reader.batch(plan.numbers(order::at, step, 0, 0)), schedule.rate(step));
            }
            assertThat(folder.resolve("run/model.safetensors")).hasBinaryContent(model(learner.parameters()));
        }
    }

    @Test
    void withoutStepsTheInitialWeightsStay() throws IOException {
        train("run", plan(2, "average", 0), examples);

        assertThat(folder.resolve("run/model.safetensors")).hasBinaryContent(model(Weights.initial(TINY, SEED)));
    }

    @Test
    void replicasOneAfterTheOtherGiveTheBitsOfReplicasSideBySide() throws Exception {
        Map<String, String> sideBySide = train("two", plan(3, "diloco", 7), examples);

        Map<String, String> oneAfterTheOther = BusyCore.during(() -> train("one", plan(3, "diloco", 7), examples));

        assertThat(oneAfterTheOther).isEqualTo(sideBySide);
    }

    @ParameterizedTest(name = "{0}, stopped after {1} of 12 replicas' rounds")
    @CsvSource({"average, 0", "average, 5", "average, 11", "diloco, 8"})
    void aRunThatWasStoppedEndsWithTheBytesOfOneThatWasNot(String strategy, int works) throws IOException {
        Plan plan = plan(2, strategy, 17);
        Map<String, String> undisturbed = train("whole", plan, examples);

        assertThatThrownBy(() -> train("stopped", plan, BreakingExamples.after(works, examples)))
                .hasStackTraceContaining("the storage is gone");

        assertThat(train("stopped", plan, examples)).isEqualTo(undisturbed);
        assertThat(Files.readAllLines(folder.resolve("stopped/train.jsonl"))).hasSize(6);
    }

    @Test
    void soDoesARunWithAllThatARecipeMayAsk() throws IOException {
        Plan plan = plan(2, "average", 17, manifold());
        Map<String, String> undisturbed = train("whole", plan, examples);

        assertThatThrownBy(() -> train("stopped", plan, BreakingExamples.after(5, examples)))
                .hasStackTraceContaining("the storage is gone");

        assertThat(train("stopped", plan, examples)).isEqualTo(undisturbed);
    }

    @Test
    void aTrainingThatDivergesStopsAndLeavesNoCheckpoint() {
        assertThatThrownBy(() -> train("run", plan(2, "average", 30, TrainingRecipe.of(1e30, 0)), examples))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("training diverged")
                .hasMessageContaining("--learning-rate");

        assertThat(folder.resolve("run/model.safetensors")).doesNotExist();
    }

    @Test
    void stepsThatAreLeftOutCountForNothing() {
        Plan plan = plan(1, "average", 3);
        float[] broken = Weights.initial(TINY, SEED);
        broken[0] = Float.NaN;
        TrainingLog log = new TrainingLog("train");

        Round.Measures measures =
                Round.run(plan, 0, broken, Replica.initial(0, plan), examples).measures();
        log.round(plan, 1, List.of(measures), 1);

        assertThat(measures.targets()).isZero();
        assertThat(measures.skipped()).hasSize(3);
        assertThat(measures.diverged()).isTrue();
        assertThat(log.lastLoss()).isNull();
        assertThat(log.skipped()).isEqualTo(3);
    }

    @Test
    void whatTheGuardLeavesOutIsNotInTheLossNorInTheWeight() {
        Plan plan = plan(1, "average", 60, TrainingRecipe.of(1e-2, 4));
        Plan guarded = plan(1, "average", 60, guard(0.01));

        long skipped = 0;
        Replica replica = Replica.initial(0, guarded);
        float[] theta = Weights.initial(TINY, SEED);
        for (int round = 0; round < guarded.rounds(); round++) {
            Round.Result result = Round.run(guarded, round, theta, replica, examples);
            Round.Measures made = result.measures();
            assertThat(made.targets()).isEqualTo((3L - made.skipped().size()) * 2 * TINY.contextLength());
            assertThat(made.diverged()).isFalse();
            skipped += made.skipped().size();
            theta = result.parameters();
            replica = result.next();
        }

        assertThat(skipped).isPositive().isLessThan(plan.steps());
    }

    private static TrainingRecipe guard(double deviations) {
        return new TrainingRecipe(
                false, 1e-2, 1e-3, 4, Decay.COSINE, 0.2, 0.1, 0.9, 0.95, 1, 1, 0, deviations, false, false);
    }

    @Test
    void aHalfWrittenStateIsPassedOver() throws IOException {
        Plan plan = plan(2, "average", 12);
        Map<String, String> undisturbed = train("whole", plan, examples);
        assertThatThrownBy(() -> train("stopped", plan, BreakingExamples.after(5, examples)));
        Path half = Files.createDirectories(folder.resolve("stopped/round-000003"));
        Files.writeString(half.resolve("model.safetensors"), "half");

        assertThat(train("stopped", plan, examples)).isEqualTo(undisturbed);
    }

    @Test
    void aFinishedRunDoesNotTrainAgain() throws IOException {
        Map<String, String> once = train("run", plan(2, "average", 7), examples);

        assertThat(train("run", plan(2, "average", 7), BreakingExamples.after(0, examples)))
                .isEqualTo(once);
    }

    @Test
    void theLossOfARepeatedSentenceFalls() throws IOException {
        int[] ids = Stream.iterate(0, i -> (i + 1) % 10)
                .limit(400)
                .mapToInt(Integer::intValue)
                .toArray();
        Examples counting = Windows.stream(ShardFolder.write(folder.resolve("counting"), 2, ids), TINY.contextLength());

        train("run", plan(2, "average", 45), counting);

        double[] losses = Files.readAllLines(folder.resolve("run/train.jsonl")).stream()
                .mapToDouble(line -> Json.parse(line).path("loss").asDouble())
                .toArray();
        assertThat(losses).hasSize(15);
        assertThat(losses[0]).isBetween(3.5, 4.2); // ln 50 = 3.9
        assertThat(losses[14]).isLessThan(2.5);
    }
}
