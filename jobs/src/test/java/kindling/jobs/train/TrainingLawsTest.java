package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.CommandLineRun;
import kindling.jobs.LocalSpark;
import kindling.jobs.UserError;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.ShardFolder;
import kindling.model.TransformerConfig;
import kindling.model.average.Wire;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.train.Decay;
import kindling.model.train.Learner;
import kindling.model.train.Schedule;
import kindling.model.train.Weights;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return plan(replicas, Averaging.of(strategy, 3), steps, recipe);
    }

    private static Plan plan(int replicas, Averaging averaging, long steps, TrainingRecipe recipe) {
        return new Plan(
                TINY.toJson(), replicas, steps, Long.MAX_VALUE, 2, TINY.contextLength(), recipe, averaging, SEED);
    }

    /** Muon, two batches a step, dropout and a guard that leaves steps out. */
    private static TrainingRecipe manifold() {
        return new TrainingRecipe(true, 1e-2, 1e-3, 4, Decay.WSD, 0.3, 0.1, 0.9, 0.95, 1, 2, 0.1, 0.5, true, true);
    }

    private Map<String, String> train(String name, Plan plan, Examples data) throws IOException {
        return train(name, plan, data, new States.Keeping(OptionalInt.of(2), 2, false));
    }

    private Map<String, String> train(String name, Plan plan, Examples data, States.Keeping keeping)
            throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        new Training(
                        LocalSpark.context(),
                        plan,
                        data,
                        Storage.absolute(target.toString()),
                        Json.object().put("seed", SEED),
                        new TrainingLog("train"),
                        keeping,
                        Evaluations.none(plan))
                .run(() -> Weights.initial(TINY, SEED));
        return digests(target);
    }

    /** What lies in a finished run's folder, but for the log, which holds seconds. */
    private static Map<String, String> digests(Path target) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("train.jsonl"))
                    .toList()) {
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
        JsonNode state = Json.parse(Files.readString(folder.resolve("run/trainer_state.json")));
        assertThat(state.path("seed").asInt()).isEqualTo(42);
        assertThat(state.path("step").asInt()).isEqualTo(7);
        assertThat(state.path("round").asInt()).isEqualTo(3);
        assertThat(state.path("files")).hasSize(4);
    }

    /** Strategies whose outer optimiser, so set, takes the mean as it is. */
    static Stream<Averaging> plain() {
        return Stream.of(
                Averaging.of("average", 3),
                new Averaging("average", 3, 0, null, null, true, Wire.FLOAT32),
                new Averaging("diloco", 3, 0, 1.0, 0.0, false, Wire.FLOAT32),
                new Averaging("slowmo", 3, 0, 1.0, 0.0, false, Wire.FLOAT32));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plain")
    void averagingOneReplicaIsPlainTraining(Averaging averaging) throws IOException {
        Plan plan = plan(1, averaging, 7, TrainingRecipe.of(1e-2, 4));

        train("run", plan, examples);

        assertThat(folder.resolve("run/model.safetensors")).hasBinaryContent(model(alone(plan)));
    }

    /** What one machine makes of a plan of one replica. */
    private float[] alone(Plan plan) {
        try (Learner learner = new Learner(plan.model(), plan.settings(), plan.batchSize(), plan.length());
                Examples.Reader reader = examples.open()) {
            learner.parameters(Weights.initial(TINY, SEED));
            Order order = new Order(SEED, examples.size());
            Schedule schedule = plan.schedule();
            for (long step = 0; step < plan.steps(); step++) {
                learner.step(reader.batch(plan.numbers(order::at, step, 0, 0)), schedule.rate(step));
            }
            return learner.parameters();
        }
    }

    @ParameterizedTest(name = "{0} replicas")
    @ValueSource(ints = {1, 4})
    void averagedGradientsAreTheStepsOfOneMachineWithAllTheirBatches(int replicas) throws IOException {
        TrainingRecipe recipe = TrainingRecipe.of(1e-2, 4);
        Plan together = plan(replicas, "gradient", 7);
        Plan one = new Plan(
                TINY.toJson(),
                1,
                7,
                Long.MAX_VALUE,
                2 * replicas,
                TINY.contextLength(),
                recipe,
                Averaging.of("average", 1),
                SEED);

        train("run", together, examples);

        assertThat(parameters("run")).containsExactly(alone(one), within(1e-4f));
    }

    private float[] parameters(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(name + "/model.safetensors"))) {
            return Checkpoint.readModel(in, TINY);
        }
    }

    @Test
    void localStepsGoOnFromAveragedGradients() throws IOException {
        Averaging postLocal = new Averaging("average", 3, 4, null, null, false, Wire.FLOAT32);

        train("run", plan(1, postLocal, 10, TrainingRecipe.of(1e-2, 4)), examples);

        assertThat(parameters("run"))
                .containsExactly(alone(plan(1, "average", 10)), within(1e-5f)); // norms of slices are summed apart
    }

    /** Wires that lose something, and how far from the exact result they may end. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"average, BFLOAT16", "gradient, INT8", "diloco, INT8"})
    void aWireThatLosesSomethingMakesUpForIt(String strategy, Wire wire) throws IOException {
        Averaging lossy = new Averaging(strategy, 3, 0, null, null, false, wire);
        train("exact", plan(2, strategy, 30), examples);

        train("lossy", plan(2, lossy, 30, TrainingRecipe.of(1e-2, 4)), examples);

        float[] exact = parameters("exact");
        float[] made = parameters("lossy");
        assertThat(made).isNotEqualTo(exact);
        assertThat(distance(exact, made)).isLessThan(0.35 * distance(exact, Weights.initial(TINY, SEED)));
    }

    private static double distance(float[] a, float[] b) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            squares += (double) (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(squares);
    }

    @Test
    void theDataEndsWithAShorterBatch() throws IOException {
        long sequences = 13; // 3 steps of 2 replicas of 2, and one of a single sequence
        Plan plan = new Plan(
                TINY.toJson(),
                2,
                4,
                sequences,
                2,
                TINY.contextLength(),
                TrainingRecipe.of(1e-2, 4),
                Averaging.of("average", 3),
                SEED);

        train("run", plan, examples);

        assertThat(Files.readAllLines(folder.resolve("run/train.jsonl")).stream()
                        .mapToLong(line -> Json.parse(line).path("tokens").asLong())
                        .sum())
                .isEqualTo(sequences * TINY.contextLength());
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

    /** Every way of averaging, and after how many of some 12 replicas' rounds storage goes away. */
    static Stream<Arguments> stops() {
        Averaging shared = new Averaging("average", 3, 0, null, null, true, Wire.FLOAT32);
        Averaging lossy = new Averaging("diloco", 3, 0, null, null, false, Wire.INT8);
        Averaging postLocal = new Averaging("slowmo", 3, 5, null, null, false, Wire.BFLOAT16);
        return Stream.of(
                Arguments.of(Averaging.of("average", 3), 5),
                Arguments.of(Averaging.of("diloco", 3), 8),
                Arguments.of(Averaging.of("gradient", 1), 13),
                Arguments.of(shared, 7),
                Arguments.of(lossy, 7),
                Arguments.of(postLocal, 10),
                Arguments.of(postLocal, 14));
    }

    @ParameterizedTest(name = "{0}, stopped after {1} replicas'' rounds")
    @MethodSource("stops")
    void aRunThatWasStoppedEndsWithTheBytesOfOneThatWasNot(Averaging averaging, int works) throws IOException {
        Plan plan = plan(2, averaging, 17, TrainingRecipe.of(1e-2, 4));
        Map<String, String> undisturbed = train("whole", plan, examples);

        assertThatThrownBy(() -> train("stopped", plan, BreakingExamples.after(works, examples)))
                .hasMessageContaining("the storage is gone");

        assertThat(train("stopped", plan, examples)).isEqualTo(undisturbed);
        assertThat(Files.readAllLines(folder.resolve("stopped/train.jsonl"))).hasSize((int) plan.rounds());
    }

    @Test
    void soDoesARunWithAllThatARecipeMayAsk() throws IOException {
        for (String strategy : List.of("average", "gradient")) {
            Plan plan = plan(2, strategy, 17, manifold());
            Map<String, String> undisturbed = train("whole " + strategy, plan, examples);

            assertThatThrownBy(() -> train("stopped " + strategy, plan, BreakingExamples.after(5, examples)))
                    .hasMessageContaining("the storage is gone");

            assertThat(train("stopped " + strategy, plan, examples)).isEqualTo(undisturbed);
        }
    }

    @Test
    void aDamagedStateIsPassedOverForTheOneBefore() throws IOException {
        Plan plan = plan(2, "diloco", 17);
        Map<String, String> undisturbed = train("whole", plan, examples);
        assertThatThrownBy(() -> train("stopped", plan, BreakingExamples.after(9, examples)));
        Path newest = folder.resolve("stopped/round-000004/model.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(newest, bytes);

        String told =
                CommandLineRun.of(() -> train("stopped", plan, examples).size()).err();

        assertThat(told)
                .contains("round-000004 is damaged and passed over")
                .contains("model.safetensors does not hold what was written")
                .contains("going on after round 2 of 6");
        assertThat(digests(folder.resolve("stopped"))).isEqualTo(undisturbed);
    }

    @Test
    void soIsAStateWhoseDescriptionIsDamaged() throws IOException {
        Plan plan = plan(2, "average", 17);
        Map<String, String> undisturbed = train("whole", plan, examples);
        assertThatThrownBy(() -> train("stopped", plan, BreakingExamples.after(9, examples)));
        Files.writeString(folder.resolve("stopped/round-000004/trainer_state.json"), "{\"round\": ");

        String told = CommandLineRun.of(
                        () -> train("stopped", plan, examples, new States.Keeping(OptionalInt.of(1), 2, false))
                                .size())
                .err();

        assertThat(told).contains("trainer_state.json is no JSON").contains("going on after round 2 of 6");
        assertThat(digests(folder.resolve("stopped"))).isEqualTo(undisturbed);
    }

    @Test
    void refusesToStartAgainWhereNoStateIsWhole() throws IOException {
        Plan plan = plan(2, "average", 17);
        assertThatThrownBy(() -> train("stopped", plan, BreakingExamples.after(9, examples)));
        for (String state : List.of("round-000002", "round-000004")) {
            Files.delete(folder.resolve("stopped").resolve(state).resolve("model.safetensors"));
        }

        assertThatThrownBy(() -> train("stopped", plan, examples))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no durable state of the training is whole: put one back, or delete");
    }

    @Test
    void goesOnFromAStateThatOnlyHasToBecomeTheLast() throws IOException {
        Plan plan = plan(2, "average", 12);
        Map<String, String> undisturbed = train("whole", plan, examples);
        Path state = Files.createDirectories(folder.resolve("stopped/round-000004"));
        for (String file : undisturbed.keySet()) {
            Files.copy(folder.resolve("whole").resolve(file), state.resolve(file));
        }

        assertThat(train("stopped", plan, BreakingExamples.after(0, examples))).isEqualTo(undisturbed);
    }

    @ParameterizedTest(name = "the last {0}")
    @ValueSource(ints = {1, 2})
    void keepsTheLastStatesForThoseWhoAsk(int last) throws IOException {
        train("run", plan(2, "average", 17), examples, new States.Keeping(OptionalInt.of(2), last, true));

        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("round-"))
                            .sorted())
                    .isEqualTo(List.of("round-000002", "round-000004").subList(2 - last, 2));
        }
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

        Measures measures = round(plan, 0, broken, Replica.initial(0, plan)).measures();
        TrainingState next = new TrainingState(1, start(plan, broken), new float[6], TrainingState.Best.NONE);
        log.round(
                plan,
                1,
                List.of(measures),
                new Training.Advance(next, null, Double.NaN, Optional.empty()),
                new RoundTimer(),
                new Evaluations.Evaluated(next, Optional.empty(), 0));

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
            Round.Result result = round(guarded, round, theta, replica);
            Measures made = result.measures();
            assertThat(made.targets()).isEqualTo((3L - made.skipped().size()) * 2 * TINY.contextLength());
            assertThat(made.diverged()).isFalse();
            skipped += made.skipped().size();
            if (made.targets() > 0) {
                theta = new Slices(new TreeMap<>(result.contribution())).parameters();
            }
            replica = result.next();
        }

        assertThat(skipped).isPositive().isLessThan(plan.steps());
    }

    private Round.Result round(Plan plan, long round, float[] theta, Replica replica) {
        Broadcast<Round.Start> sent = LocalSpark.context().broadcast(start(plan, theta));
        return Round.run(plan, round, sent, replica, examples);
    }

    private static Round.Start start(Plan plan, float[] theta) {
        return new Round.Start(Slices.none().add(Slices.PARAMETERS, theta, plan.parts()), 0);
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
