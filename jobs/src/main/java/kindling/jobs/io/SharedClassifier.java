package kindling.jobs.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kindling.jobs.UserError;
import kindling.model.checkpoint.SafeTensors;
import kindling.model.checkpoint.SafeTensors.Tensor;
import kindling.prep.classify.Classifier;
import kindling.prep.classify.WordHashing;
import org.apache.hadoop.fs.Path;

/**
 * A classifier as it lies in a folder: {@code classifier.json} says what it is, and names the SHA-256 of the numbers in {@code
 * classifier.safetensors}. Meant to be broadcast.
 *
 * @param wanted the label that a filter keeps unless told otherwise; "" where that was left open
 * @param digest of {@code classifier.json}, and so of the numbers too
 */
public record SharedClassifier(Classifier classifier, String wanted, String digest) implements Serializable {
    /** Its name in the folder. */
    public static final String FILE = "classifier.json";

    private static final String WEIGHTS_FILE = "classifier.safetensors";
    private static final String FORMAT = "kindling-classifier-1"; // another number when hashes or values change
    private static final String VALUES = "(1 + ln count) / length";
    private static final long MOST_JSON_BYTES = 1 << 20; // 256 labels and a report are some kilobytes
    private static final long MOST_HEADER_BYTES = 1 << 16; // of two tensors

    /** @param training what is worth knowing about its making; nothing that differs from run to run */
    public static void write(Path folder, Classifier classifier, String wanted, ObjectNode training) {
        byte[] weights = tensors(classifier);
        ObjectNode tree = Json.object().put("format", FORMAT);
        tree.set("labels", Json.tree(classifier.labels()));
        tree.put("wanted", wanted);
        tree.putObject("features")
                .put("buckets", classifier.hashing().buckets())
                .put("ngram", classifier.hashing().ngram())
                .put("values", VALUES);
        tree.putObject("weights").put("file", WEIGHTS_FILE).put("sha256", Digest.of(weights));
        tree.set("training", training);
        Storage.write(new Path(folder, WEIGHTS_FILE), out -> out.write(weights));
        Storage.write(new Path(folder, FILE), Json.text(tree));
    }

    private static byte[] tensors(Classifier classifier) {
        int labels = classifier.labels().size();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("weight", new Tensor(shape(classifier.hashing().buckets(), labels), classifier.weights()));
        tensors.put("bias", new Tensor(shape(labels), classifier.bias()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            SafeTensors.write(bytes, tensors, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static long[] shape(long... lengths) {
        return lengths;
    }

    /** @throws UserError when the folder holds no classifier, or one that is damaged */
    public static SharedClassifier read(InputPath folder) {
        Path path = Storage.absolute(folder.path());
        Path file = new Path(path, FILE);
        if (!Storage.exists(file)) {
            throw new UserError("%s holds no classifier: it has no %s, which kindling train-classifier writes"
                    .formatted(folder, FILE));
        }
        try {
            byte[] json = bytes(file, MOST_JSON_BYTES);
            return parse(path, Json.parse(new String(json, java.nio.charset.StandardCharsets.UTF_8)), Digest.of(json));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UserError("%s is no classifier that can be read: %s".formatted(folder, e.getMessage()));
        }
    }

    private static SharedClassifier parse(Path folder, JsonNode tree, String digest) throws IOException {
        expect("format", FORMAT, tree.path("format").asText());
        expect("values", VALUES, tree.path("features").path("values").asText());
        List<String> labels = new ArrayList<>();
        tree.path("labels").forEach(label -> labels.add(label.asText()));
        WordHashing hashing = new WordHashing(
                tree.path("features").path("buckets").asInt(),
                tree.path("features").path("ngram").asInt());
        if (labels.size() > Classifier.MOST_LABELS) {
            throw new IOException("it has %d labels, over %d".formatted(labels.size(), Classifier.MOST_LABELS));
        }
        long numbers = (hashing.buckets() + 1L) * labels.size();
        byte[] weights = bytes(new Path(folder, WEIGHTS_FILE), numbers * Float.BYTES + MOST_HEADER_BYTES);
        expect("SHA-256 of " + WEIGHTS_FILE, tree.path("weights").path("sha256").asText(), Digest.of(weights));
        Map<String, Tensor> tensors = SafeTensors.read(new ByteArrayInputStream(weights));
        Classifier classifier = new Classifier(
                labels,
                hashing,
                values(tensors, "weight", hashing.buckets(), labels.size()),
                values(tensors, "bias", labels.size()));
        String wanted = tree.path("wanted").asText();
        if (!wanted.isEmpty()) {
            classifier.label(wanted);
        }
        return new SharedClassifier(classifier, wanted, digest);
    }

    private static void expect(String what, String wanted, String found) throws IOException {
        if (!wanted.equals(found)) {
            throw new IOException("%s should be %s, is %s".formatted(what, wanted, found));
        }
    }

    private static float[] values(Map<String, Tensor> tensors, String name, long... shape) throws IOException {
        Tensor tensor = tensors.get(name);
        if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
            throw new IOException("tensor %s should have the shape %s, %s"
                    .formatted(
                            name,
                            Arrays.toString(shape),
                            tensor == null ? "is missing" : "has " + Arrays.toString(tensor.shape())));
        }
        return tensor.values();
    }

    private static byte[] bytes(Path file, long most) throws IOException {
        long length = Storage.of(file).getFileStatus(file).getLen();
        if (length > most) {
            throw new IOException("%s has %d bytes, over the %d that it can need".formatted(file, length, most));
        }
        return Storage.bytes(file);
    }
}
