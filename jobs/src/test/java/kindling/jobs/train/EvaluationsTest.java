package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import kindling.jobs.LocalSpark;
import kindling.jobs.examples.Examples;
import kindling.jobs.examples.Windows;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.ShardFolder;
import kindling.model.TransformerConfig;
import kindling.model.train.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationsTest {
    private static final TransformerConfig TINY = TransformerConfig.gpt2(50, 8, 1, 2, 8);

    @TempDir
    Path folder;

    private Examples examples;

    @BeforeEach
    void writeShards() throws IOException {
        examples = Windows.stream(
                ShardFolder.write(
                        folder.resolve("shards"),
                        2,
                        new Random(1).ints(700, 0, 50).toArray()),
                TINY.contextLength());
    }

    /** Trains 12 rounds, validated every other one by the losses given. */
    private List<float[]> train(String name, int patience, Examples data, Double... losses) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        Plan plan = new Plan(
                TINY.toJson(),
                2,
                24,
                Long.MAX_VALUE,
                2,
                TINY.contextLength(),
                TrainingRecipe.of(1e-2, 4),
                Averaging.of("average", 2),
                42);
        org.apache.hadoop.fs.Path stored = Storage.absolute(target.toString());
        Iterator<Double> next = List.of(losses).iterator();
        List<float[]> seen = new ArrayList<>();
        Evaluations evaluations =
                new Evaluations(plan, stored, Json.object().put("seed", 42), OptionalLong.of(2), patience, theta -> {
                    seen.add(theta);
                    return new Evaluations.Evaluation(next.next(), 1, 1);
                });
        new Training(
                        LocalSpark.context(),
                        plan,
                        data,
                        stored,
                        Json.object(),
                        new TrainingLog("train"),
                        new States.Keeping(OptionalInt.of(3), 2, false),
                        evaluations)
                .run(() -> Weights.initial(TINY, 42));
        return seen;
    }

    private float[] model(String child) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(child).resolve("model.safetensors"))) {
            return kindling.model.checkpoint.Checkpoint.readModel(in, TINY);
        }
    }

    private int round(String child) throws IOException {
        return Json.parse(Files.readString(folder.resolve(child).resolve("trainer_state.json")))
                .path("round")
                .asInt();
    }

    @Test
    void keepsTheBestModelBesideTheLast() throws IOException {
        List<float[]> seen = train("run", 0, examples, 3.0, 2.0, 2.5, 2.0, 2.2, 2.1);

        assertThat(round("run/best")).isEqualTo(4);
        assertThat(model("run/best")).containsExactly(seen.get(1));
        assertThat(round("run")).isEqualTo(12);
        assertThat(model("run")).containsExactly(seen.get(5));
    }

    @Test
    void stopsWhereTheLastValidationsWereNoBetter() throws IOException {
        train("run", 2, examples, 3.0, 2.0, 2.5, Double.NaN, 1.0, 1.0);

        assertThat(round("run")).isEqualTo(8);
        assertThat(round("run/best")).isEqualTo(4);
        assertThat(folder.resolve("run/round-000006")).doesNotExist();
    }

    @Test
    void goesOnWithTheBestThatWasBefore() throws IOException {
        assertThatThrownBy(() -> train("run", 2, BreakingExamples.after(13, examples), 3.0, 2.0, 2.5))
                .hasMessageContaining("the storage is gone"); // in round 7, after the state of round 6

        train("run", 2, examples, 2.4, 2.3, 1.0);

        assertThat(round("run")).isEqualTo(8); // the second validation in a row that was no better than 2.0
        assertThat(round("run/best")).isEqualTo(4);
    }

    @Test
    void tellsEachValidationInTheLog() throws IOException {
        train("run", 0, examples, 3.0, 2.0, 2.5, 2.0, 2.2, 2.1);

        List<String> lines = Files.readAllLines(folder.resolve("run/train.jsonl"));
        assertThat(Json.parse(lines.get(3)).path("validation_loss").asDouble()).isEqualTo(2.0);
        assertThat(Json.parse(lines.get(4)).has("validation_loss")).isFalse();
    }
}
