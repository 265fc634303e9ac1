package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.ShardFolder;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
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
        return new Plan(
                TINY.toJson(), replicas, 3, steps, 2, TINY.contextLength(), TrainingRecipe.of(1e-2, 4), strategy, SEED);
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
