package kindling.jobs.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import kindling.jobs.UserError;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/**
 * New files for a folder, written beside the old ones and then put in their places. Once the journal is there, which is one rename, the
 * change has happened: whoever comes next finishes it. Before that, nothing has. Each run has a staging folder of its own; a run deletes those
 * of others when it starts and when it is done, so of two at once at most one can commit.
 *
 * @param folder whose files change
 * @param run names the run's staging folder
 */
record Journal(Path folder, String run) {
    private static final String FILE = "journal.json";

    /** For a new run. */
    static Journal in(Path folder) {
        return new Journal(folder, UUID.randomUUID().toString());
    }

    private Path all() {
        return new Path(folder, "_forget");
    }

    /** Where new files wait. */
    Path staging() {
        return new Path(all(), run);
    }

    Path staged(String name) {
        return new Path(staging(), name);
    }

    private Path file() {
        return new Path(all(), FILE);
    }

    /** Whether a change has begun to show. */
    boolean isOpen() {
        return Storage.exists(file());
    }

    /** Deletes what waits and was never committed. */
    void undo() {
        Storage.delete(all());
    }

    /**
     * Makes the change happen.
     *
     * @param places by the name of a file in {@link #staging}, the place in the folder; taken in the order of the names
     * @param gone files of the folder that go, after all others are in their places
     * @throws UserError when a file is not in {@link #staging} any more, or another change is under way; nothing is done then
     */
    void commit(Map<String, String> places, SortedSet<String> gone) {
        if (isOpen() || !places.keySet().stream().allMatch(name -> Storage.exists(staged(name)))) {
            throw new UserError(
                    "%s: another run of kindling forget is at work there; nothing was done: run this one again when that is done"
                            .formatted(folder));
        }
        ObjectNode tree = Json.object().put("run", run);
        ObjectNode moves = tree.putObject("moves");
        new TreeMap<>(places).forEach(moves::put);
        ArrayNode list = tree.putArray("gone");
        gone.forEach(list::add);
        Storage.write(file(), Json.text(tree));
    }

    /** Puts all files in their places, of whatever run committed; does again what was cut off. */
    void apply(Consumer<String> steps) {
        ObjectNode tree = Json.parse(Storage.text(file()));
        Journal committed = new Journal(folder, tree.path("run").asText());
        for (Map.Entry<String, JsonNode> move : tree.path("moves").properties()) {
            Path from = committed.staged(move.getKey());
            if (Storage.exists(from)) {
                Storage.replace(from, new Path(folder, move.getValue().asText()));
            }
            steps.accept("placed " + move.getKey());
        }
        for (JsonNode name : tree.path("gone")) {
            Storage.delete(new Path(folder, name.asText()));
            steps.accept("deleted " + name.asText());
        }
        Storage.delete(all());
    }
}
