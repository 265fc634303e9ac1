package kindling.model.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code model.safetensors.index.json}: which file of a checkpoint in several holds which tensor.
 *
 * @param files by tensor
 */
record ShardIndex(Map<String, String> files) {
    static final String FILE = "model.safetensors.index.json";

    private static final int MOST_BYTES = 100_000_000; // as a header, which says more of each tensor
    /** A name and not a path: neither a folder, nor a way out of this one, nor a drive. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");

    private static final String WEIGHT_MAP = "weight_map";

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    ShardIndex {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** The files that are named, in the order of their names. */
    Set<String> names() {
        return new TreeSet<>(files.values());
    }

    /** @throws IOException when it is no index; when it names a file anywhere but beside itself */
    static ShardIndex read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw refused("it has over " + MOST_BYTES + " bytes");
        }
        JsonNode map = tree(bytes).path(WEIGHT_MAP);
        if (!map.isObject() || map.isEmpty()) {
            throw refused("it has no weight_map from tensors to files");
        }
        Map<String, String> files = new TreeMap<>();
        List<String> mistakes = new ArrayList<>();
        map.properties().forEach(field -> {
            String file = field.getValue().asText();
            if (!field.getValue().isTextual() || !NAME.matcher(file).matches()) {
                mistakes.add("\"" + field.getKey() + "\" should lie in the file " + field.getValue()
                        + ", which is not the name of a .safetensors file beside the index");
            }
            files.put(field.getKey(), file);
        });
        if (!mistakes.isEmpty()) {
            throw refused(Mistakes.list(mistakes));
        }
        return new ShardIndex(files);
    }

    private static JsonNode tree(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw refused("it is not the expected JSON: " + e.getOriginalMessage());
        }
    }

    /** @param totalBytes of all tensors */
    String json(long totalBytes) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("metadata").put("total_size", totalBytes);
        ObjectNode map = root.putObject(WEIGHT_MAP);
        files.forEach(map::put);
        return root.toPrettyString() + "\n";
    }

    static IOException refused(String reason) {
        return new IOException("not a valid " + FILE + ": " + reason);
    }
}
