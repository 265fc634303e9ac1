package kindling.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/** Cases computed by reference implementations: one folder each, with a {@code case.json} that says its kind. */
public final class Golden {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /** Every case folder of a kind ("causal-lm/..."); skips the test, visibly, when there are no golden values. */
    public static List<Path> cases(String kindPrefix) {
        Path root = folder("kindling.golden", "../shared/golden", "golden values");
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("case.json")))
                    .filter(folder ->
                            json(folder, "case.json").get("kind").asText().startsWith(kindPrefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every folder of a published model with reference values; skips the test, visibly, when there are none. */
    public static List<Path> models() {
        try (Stream<Path> folders = Files.list(data("models"))) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("golden.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder of scored data; skips the test, visibly, when it is absent. */
    public static Path data(String name) {
        return folder("kindling.data", "../shared/data", "scored data").resolve(name);
    }

    private static Path folder(String property, String otherwise, String what) {
        Path folder = Path.of(System.getProperty(property, otherwise));
        Assumptions.assumeTrue(Files.isDirectory(folder), "no " + what + " at " + folder);
        return folder;
    }

    public static JsonNode json(Path folder, String file) {
        try {
            return JSON.readTree(folder.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<String, SafeTensors.Tensor> tensors(Path folder, String file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(file)))) {
            return SafeTensors.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int[] ints(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    /** Null stands for minus infinity, true for 1. */
    public static double[] doubles(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(value -> value.isNull() ? Double.NEGATIVE_INFINITY : value.asDouble())
                .toArray();
    }
}
