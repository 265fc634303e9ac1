package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedClassifier;
import kindling.model.checkpoint.SafeTensors;
import kindling.prep.classify.Classifier;
import kindling.prep.classify.WordHashing;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of classifiers that were cut, forged or mistaken for another. */
class DamagedClassifierTest {
    private static final Classifier SOUND = new Classifier(
            List.of("bad", "good"), new WordHashing(4096, 2), new float[2 * 4096], new float[] {0.5f, -0.5f});

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cut weights          | SHA-256 of classifier.safetensors should be",
                "large weights        | over the",
                "NaN weights          | weights must be finite numbers, got NaN",
                "other shape          | tensor weight should have the shape [4096, 2], has [2, 4096]",
                "no weights           | does not exist",
                "no classifier.json   | holds no classifier",
                "classifier.json list | not a JSON object",
                "other format         | format should be kindling-classifier-1, is kindling-classifier-2",
                "2^40 buckets         | buckets must be a power of two",
                "one label            | tensor weight should have the shape [4096, 1], has [4096, 2]",
                "wanted unknown       | the classifier has no label"
            })
    void refusesDamagedFolder(String damage, String message) throws IOException {
        SharedClassifier.write(new org.apache.hadoop.fs.Path(folder.toUri()), SOUND, "good", Json.object());
        damage(damage);

        CommandLineRun filter = CommandLineRun.withoutSpark(
                "filter", "--input=unseen.jsonl", "--output=never", "--rules=classifier=" + folder);

        assertThat(filter.code()).isEqualTo(2);
        assertThat(filter.err()).contains(message).doesNotContain("\tat ");
    }

    private void damage(String damage) throws IOException {
        Path weights = folder.resolve("classifier.safetensors");
        Path json = folder.resolve("classifier.json");
        byte[] bytes = Files.readAllBytes(weights);
        switch (damage) {
            case "cut weights" -> Files.write(weights, Arrays.copyOf(bytes, bytes.length - 4));
            case "large weights" -> Files.write(weights, new byte[1 << 20]);
            case "NaN weights" -> rewrite(tensors -> tensors.get("weight").values()[5] = Float.NaN);
            case "other shape" ->
                rewrite(tensors -> tensors.put(
                        "weight",
                        new SafeTensors.Tensor(
                                new long[] {2, 4096}, tensors.get("weight").values())));
            case "no weights" -> Files.delete(weights);
            case "no classifier.json" -> Files.delete(json);
            case "classifier.json list" -> Files.writeString(json, "[1]");
            case "other format" -> replace(json, "classifier-1", "classifier-2");
            case "2^40 buckets" -> replace(json, ": 4096", ": 1099511627776");
            case "one label" -> replace(json, "[ \"bad\", \"good\" ]", "[ \"good\" ]");
            default -> replace(json, "\"wanted\" : \"good\"", "\"wanted\" : \"other\"");
        }
    }

    private static void replace(Path file, String text, String by) throws IOException {
        assertThat(file).content().contains(text);
        Files.writeString(file, Files.readString(file).replace(text, by));
    }

    private interface Change {
        void to(Map<String, SafeTensors.Tensor> tensors);
    }

    /** Weights that are changed, and whose digest is the right one. */
    private void rewrite(Change change) throws IOException {
        Path weights = folder.resolve("classifier.safetensors");
        byte[] before = Files.readAllBytes(weights);
        Map<String, SafeTensors.Tensor> tensors =
                new LinkedHashMap<>(SafeTensors.read(new ByteArrayInputStream(before)));
        change.to(tensors);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        SafeTensors.write(after, tensors, Map.of());
        Files.write(weights, after.toByteArray());
        replace(folder.resolve("classifier.json"), Digest.of(before), Digest.of(after.toByteArray()));
    }
}
