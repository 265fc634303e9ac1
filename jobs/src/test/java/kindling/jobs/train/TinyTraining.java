package kindling.jobs.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.examples.Examples;
import kindling.jobs.examples.Windows;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.ShardFolder;
import kindling.model.TransformerConfig;
import kindling.model.train.Weights;

/**
 * Trainings of a model of a few hundred parameters on random ids.
 *
 * @param folder where runs lie beside each other
 */
record TinyTraining(Path folder, Examples examples) {
    static final TransformerConfig TINY = TransformerConfig.gpt2(50, 8, 1, 2, 8);
    static final long SEED = 42;

    /** Writes shards of 1,200 ids. */
    static TinyTraining in(Path folder) throws IOException {
        Random random = new Random(1);
        return new TinyTraining(
                folder,
                Windows.stream(
                        ShardFolder.write(
                                folder.resolve("shards"),
                                2,
                                random.ints(700, 0, 50).toArray(),
                                random.ints(500, 0, 50).toArray()),
                        TINY.contextLength()));
    }

    static Plan plan(int replicas, String strategy, long steps) {
        return plan(replicas, strategy, steps, TrainingRecipe.of(1e-2, 4));
    }

    static Plan plan(int replicas, String strategy, long steps, TrainingRecipe recipe) {
        return plan(replicas, Averaging.of(strategy, 3), steps, recipe);
    }

    static Plan plan(int replicas, Averaging averaging, long steps, TrainingRecipe recipe) {
        return new Plan(
                TINY.toJson(), replicas, steps, Long.MAX_VALUE, 2, TINY.contextLength(), recipe, averaging, SEED);
    }

    Map<String, String> train(String name, Plan plan, Examples data) throws IOException {
        return train(name, plan, data, new States.Keeping(OptionalInt.of(2), 2, false));
    }

    Map<String, String> train(String name, Plan plan, Examples data, States.Keeping keeping) throws IOException {
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
    static Map<String, String> digests(Path target) throws IOException {
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
}
