package kindling.jobs.train;

import static kindling.jobs.train.TinyTraining.SEED;
import static kindling.jobs.train.TinyTraining.TINY;
import static kindling.jobs.train.TinyTraining.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.UserError;
import kindling.jobs.examples.Examples;
import kindling.jobs.examples.Order;
import kindling.jobs.examples.Windows;
import kindling.jobs.io.Json;
import kindling.jobs.shard.ShardFolder;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What data-parallel training must be equal to, whatever the strategy. */
class TrainingLawsTest {
    @TempDir
    Path folder;

    private TinyTraining tiny;

    @BeforeEach
    void writeShards() throws IOException {
        tiny = TinyTraining.in(folder);
    }

    private static byte[] model(float[] parameters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Checkpoint.writeModel(bytes, TINY, parameters);
        return bytes.toByteArray();
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

        tiny.train("run", plan, tiny.examples());

        assertThat(folder.resolve("run/model.safetensors")).hasBinaryContent(model(alone(plan)));
    }

    /** What one machine makes of a plan of one replica. */
    private float[] alone(Plan plan) {
        try (Learner learner = new Learner(plan.model(), plan.settings(), plan.batchSize(), plan.length());
                Examples.Reader reader = tiny.examples().open()) {
            learner.parameters(Weights.initial(TINY, SEED));
            Order order = new Order(SEED, tiny.examples().size());
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

        tiny.train("run", together, tiny.examples());

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

        tiny.train("run", plan(1, postLocal, 10, TrainingRecipe.of(1e-2, 4)), tiny.examples());

        assertThat(parameters("run"))
                .containsExactly(alone(plan(1, "average", 10)), within(1e-5f)); // norms of slices are summed apart
    }

    /** Wires that lose something, and how far from the exact result they may end. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"average, BFLOAT16", "gradient, INT8", "diloco, INT8"})
    void aWireThatLosesSomethingMakesUpForIt(String strategy, Wire wire) throws IOException {
        Averaging lossy = new Averaging(strategy, 3, 0, null, null, false, wire);
        tiny.train("exact", plan(2, strategy, 30), tiny.examples());

        tiny.train("lossy", plan(2, lossy, 30, TrainingRecipe.of(1e-2, 4)), tiny.examples());

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

        tiny.train("run", plan, tiny.examples());

        assertThat(Files.readAllLines(folder.resolve("run/train.jsonl")).stream()
                        .mapToLong(line -> Json.parse(line).path("tokens").asLong())
                        .sum())
                .isEqualTo(sequences * TINY.contextLength());
    }

    @Test
    void withoutStepsTheInitialWeightsStay() throws IOException {
        tiny.train("run", plan(2, "average", 0), tiny.examples());

        assertThat(folder.resolve("run/model.safetensors")).hasBinaryContent(model(Weights.initial(TINY, SEED)));
    }

    @Test
    void replicasOneAfterTheOtherGiveTheBitsOfReplicasSideBySide() throws Exception {
        Map<String, String> sideBySide = tiny.train("two", plan(3, "diloco", 7), tiny.examples());

        Map<String, String> oneAfterTheOther =
                BusyCore.during(() -> tiny.train("one", plan(3, "diloco", 7), tiny.examples()));

        assertThat(oneAfterTheOther).isEqualTo(sideBySide);
    }

    @Test
    void aTrainingThatDivergesStopsAndLeavesNoCheckpoint() {
        assertThatThrownBy(() -> tiny.train("run", plan(2, "average", 30, TrainingRecipe.of(1e30, 0)), tiny.examples()))
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
        return Round.run(plan, round, sent, replica, tiny.examples());
    }

    private static Round.Start start(Plan plan, float[] theta) {
        return new Round.Start(Slices.none().add(Slices.PARAMETERS, theta, plan.parts()), 0);
    }

    private static TrainingRecipe guard(double deviations) {
        return new TrainingRecipe(
                false, 1e-2, 1e-3, 4, Decay.COSINE, 0.2, 0.1, 0.9, 0.95, 1, 1, 0, deviations, false, false);
    }

    @Test
    void theLossOfARepeatedSentenceFalls() throws IOException {
        int[] ids = Stream.iterate(0, i -> (i + 1) % 10)
                .limit(400)
                .mapToInt(Integer::intValue)
                .toArray();
        Examples counting = Windows.stream(ShardFolder.write(folder.resolve("counting"), 2, ids), TINY.contextLength());

        tiny.train("run", plan(2, "average", 45), counting);

        double[] losses = Files.readAllLines(folder.resolve("run/train.jsonl")).stream()
                .mapToDouble(line -> Json.parse(line).path("loss").asDouble())
                .toArray();
        assertThat(losses).hasSize(15);
        assertThat(losses[0]).isBetween(3.5, 4.2); // ln 50 = 3.9
        assertThat(losses[14]).isLessThan(2.5);
    }
}
