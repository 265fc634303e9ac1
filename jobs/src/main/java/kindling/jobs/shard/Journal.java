package kindling.jobs.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/**
 * New files for a folder, written beside the old ones and then put in their places. Once the journal is there, which is one rename, the
 * change has happened: whoever comes next finishes it. Before that, nothing has.
 *
 * @param folder whose files change
 */
record Journal(Path folder) {
    private static final String FILE = "journal.json";

    /** Where new files wait. */
    Path staging() {
        return new Path(folder, "_forget");
    }

    Path staged(String name) {
        return new Path(staging(), name);
    }

    private Path file() {
        return staged(FILE);
    }

    /** Whether a change has begun to show. */
    boolean isOpen() {
        return Storage.exists(file());
    }

    /** Deletes what waits and was never committed. */
    void undo() {
        Storage.delete(staging());
    }

    /**
     * Makes the change happen.
     *
     * @param places by a name in {@link #staging}, the place in the folder; taken in the order of the names
     */
    void commit(Map<String, String> places) {
        ObjectNode tree = Json.object();
        new TreeMap<>(places).forEach(tree::put);
        Storage.write(file(), Json.text(tree));
    }

    /** Puts all files in their places; does again what was cut off. */
    void apply(Consumer<String> steps) {
        for (Map.Entry<String, JsonNode> move : Json.parse(Storage.text(file())).properties()) {
            Path from = staged(move.getKey());
            Path to = new Path(folder, move.getValue().asText());
            if (Storage.exists(from)) {
                Storage.delete(to);
                steps.accept("deleted " + move.getKey());
                Storage.rename(from, to);
            }
            steps.accept("placed " + move.getKey());
        }
        Storage.delete(staging());
    }
}
