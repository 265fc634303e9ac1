package kindling.jobs.train;

import static kindling.jobs.train.TinyTraining.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kindling.jobs.CommandLineRun;
import kindling.jobs.UserError;
import kindling.jobs.io.Json;
import kindling.model.average.Wire;
import kindling.model.train.Decay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durable states: what a run that was stopped, or whose states are damaged, makes of them. */
class StatesTest {
    @TempDir
    Path folder;

    private TinyTraining tiny;

    @BeforeEach
    void writeShards() throws IOException {
        tiny = TinyTraining.in(folder);
    }

    @Test
    void aFinishedRunIsACheckpoint() throws IOException {
        assertThat(tiny.train("run", plan(2, "average", 7), tiny.examples()).keySet())
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
        Map<String, String> undisturbed = tiny.train("whole", plan, tiny.examples());

        assertThatThrownBy(() -> tiny.train("stopped", plan, BreakingExamples.after(works, tiny.examples())))
                .hasMessageContaining("the storage is gone");

        assertThat(tiny.train("stopped", plan, tiny.examples())).isEqualTo(undisturbed);
        assertThat(Files.readAllLines(folder.resolve("stopped/train.jsonl"))).hasSize((int) plan.rounds());
    }

    @Test
    void soDoesARunWithAllThatARecipeMayAsk() throws IOException {
        for (String strategy : List.of("average", "gradient")) {
            Plan plan = plan(2, strategy, 17, manifold());
            Map<String, String> undisturbed = tiny.train("whole " + strategy, plan, tiny.examples());

            assertThatThrownBy(
                            () -> tiny.train("stopped " + strategy, plan, BreakingExamples.after(5, tiny.examples())))
                    .hasMessageContaining("the storage is gone");

            assertThat(tiny.train("stopped " + strategy, plan, tiny.examples())).isEqualTo(undisturbed);
        }
    }

    /** Muon, two batches a step, dropout and a guard that leaves steps out. */
    private static TrainingRecipe manifold() {
        return new TrainingRecipe(true, 1e-2, 1e-3, 4, Decay.WSD, 0.3, 0.1, 0.9, 0.95, 1, 2, 0.1, 0.5, true, true);
    }

    @Test
    void aDamagedStateIsPassedOverForTheOneBefore() throws IOException {
        Plan plan = plan(2, "diloco", 17);
        Map<String, String> undisturbed = tiny.train("whole", plan, tiny.examples());
        assertThatThrownBy(() -> tiny.train("stopped", plan, BreakingExamples.after(9, tiny.examples())));
        Path newest = folder.resolve("stopped/round-000004/model.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(newest, bytes);

        String told = CommandLineRun.of(
                        () -> tiny.train("stopped", plan, tiny.examples()).size())
                .err();

        assertThat(told)
                .contains("round-000004 is damaged and passed over")
                .contains("model.safetensors does not hold what was written")
                .contains("going on after round 2 of 6");
        assertThat(TinyTraining.digests(folder.resolve("stopped"))).isEqualTo(undisturbed);
    }

    @Test
    void soIsAStateWhoseDescriptionIsDamaged() throws IOException {
        Plan plan = plan(2, "average", 17);
        Map<String, String> undisturbed = tiny.train("whole", plan, tiny.examples());
        assertThatThrownBy(() -> tiny.train("stopped", plan, BreakingExamples.after(9, tiny.examples())));
        Files.writeString(folder.resolve("stopped/round-000004/trainer_state.json"), "{\"round\": ");

        String told = CommandLineRun.of(() -> tiny.train(
                                "stopped", plan, tiny.examples(), new States.Keeping(OptionalInt.of(1), 2, false))
                        .size())
                .err();

        assertThat(told).contains("trainer_state.json is no JSON").contains("going on after round 2 of 6");
        assertThat(TinyTraining.digests(folder.resolve("stopped"))).isEqualTo(undisturbed);
    }

    @Test
    void refusesToStartAgainWhereNoStateIsWhole() throws IOException {
        Plan plan = plan(2, "average", 17);
        assertThatThrownBy(() -> tiny.train("stopped", plan, BreakingExamples.after(9, tiny.examples())));
        for (String state : List.of("round-000002", "round-000004")) {
            Files.delete(folder.resolve("stopped").resolve(state).resolve("model.safetensors"));
        }

        assertThatThrownBy(() -> tiny.train("stopped", plan, tiny.examples()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no durable state of the training is whole: put one back, or delete");
    }

    @Test
    void goesOnFromAStateThatOnlyHasToBecomeTheLast() throws IOException {
        Plan plan = plan(2, "average", 12);
        Map<String, String> undisturbed = tiny.train("whole", plan, tiny.examples());
        Path state = Files.createDirectories(folder.resolve("stopped/round-000004"));
        for (String file : undisturbed.keySet()) {
            Files.copy(folder.resolve("whole").resolve(file), state.resolve(file));
        }

        assertThat(tiny.train("stopped", plan, BreakingExamples.after(0, tiny.examples())))
                .isEqualTo(undisturbed);
    }

    @ParameterizedTest(name = "the last {0}")
    @ValueSource(ints = {1, 2})
    void keepsTheLastStatesForThoseWhoAsk(int last) throws IOException {
        tiny.train("run", plan(2, "average", 17), tiny.examples(), new States.Keeping(OptionalInt.of(2), last, true));

        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("round-"))
                            .sorted())
                    .isEqualTo(List.of("round-000002", "round-000004").subList(2 - last, 2));
        }
    }

    @Test
    void aHalfWrittenStateIsPassedOver() throws IOException {
        Plan plan = plan(2, "average", 12);
        Map<String, String> undisturbed = tiny.train("whole", plan, tiny.examples());
        assertThatThrownBy(() -> tiny.train("stopped", plan, BreakingExamples.after(5, tiny.examples())));
        Path half = Files.createDirectories(folder.resolve("stopped/round-000003"));
        Files.writeString(half.resolve("model.safetensors"), "half");

        assertThat(tiny.train("stopped", plan, tiny.examples())).isEqualTo(undisturbed);
    }

    @Test
    void aFinishedRunDoesNotTrainAgain() throws IOException {
        Map<String, String> once = tiny.train("run", plan(2, "average", 7), tiny.examples());

        assertThat(tiny.train("run", plan(2, "average", 7), BreakingExamples.after(0, tiny.examples())))
                .isEqualTo(once);
    }
}
