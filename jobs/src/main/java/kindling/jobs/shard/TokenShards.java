package kindling.jobs.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kindling.jobs.UserError;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.prep.shard.Packing;
import kindling.prep.shard.TokenShard;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A folder of token shards: {@code shard-00000.bin} … with the ids of documents, each ending with the end-of-text id; {@code
 * shard-00000.ends} … with the position behind each document; {@code index.parquet} (which document lies where); and {@code manifest.json}.
 *
 * @param folder its URI
 * @param bytesPerId 2 or 4
 * @param vocabularySize every id is below it
 */
public record TokenShards(String folder, int bytesPerId, int vocabularySize, List<Shard> shards)
        implements Serializable {
    /** The name of the file that tells of a folder's shards. */
    public static final String MANIFEST = "manifest.json";

    /** The vocabulary size of shards that hold other numbers besides ids. */
    public static final int ANY_NUMBER = Integer.MAX_VALUE;

    static final String INDEX_FILE = "index.parquet";

    static final StructType INDEX = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("shard", DataTypes.IntegerType, false)
            .add("start", DataTypes.LongType, false)
            .add("end", DataTypes.LongType, false);

    public TokenShards {
        shards = List.copyOf(shards);
    }

    static Path shard(String folder, int number) {
        return new Path(folder, "shard-%05d.bin".formatted(number));
    }

    static Path ends(String folder, int number) {
        return new Path(folder, "shard-%05d.ends".formatted(number));
    }

    public long tokens() {
        return shards.stream().mapToLong(Shard::tokens).sum();
    }

    public long documents() {
        return shards.stream().mapToLong(Shard::documents).sum();
    }

    /**
     * Writes {@code manifest.json}, with what the caller adds about the tokenizer and the documents.
     *
     * @throws UserError when a shard is not there as it was written
     */
    public void writeManifest(ObjectNode facts) {
        List<String> problems = missing();
        if (!problems.isEmpty()) {
            throw new UserError("shards were written and are not whole:\n" + String.join("\n", problems));
        }
        Storage.write(new Path(folder, MANIFEST), Json.text(manifest(facts)));
    }

    /** The manifest of these shards, with further facts first. */
    ObjectNode manifest(ObjectNode facts) {
        facts.put("vocabulary_size", vocabularySize)
                .put("bytes_per_id", bytesPerId)
                .put("documents", documents())
                .put("tokens", tokens());
        ArrayNode list = facts.putArray("shards");
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.get(i);
            list.addObject()
                    .put("file", shard(folder, i).getName())
                    .put("count", shard.tokens())
                    .put("documents", shard.documents())
                    .put("sha256", shard.sha256());
        }
        return facts;
    }

    /**
     * Opens a folder for training: the files of its manifest are there, and as long as it says.
     *
     * @throws UserError when the folder holds no token shards, or damaged ones
     */
    public static TokenShards open(Path folder) {
        Forgetting.refuseUnfinished(folder);
        TokenShards shards = described(folder);
        List<String> problems = shards.missing();
        if (!problems.isEmpty()) {
            throw new UserError(String.join("\n", problems));
        }
        return shards;
    }

    /** What the manifest says, whatever the other files are. */
    static TokenShards described(Path folder) {
        ObjectNode facts = manifest(folder);
        List<Shard> shards = new ArrayList<>();
        for (JsonNode shard : facts.path("shards")) {
            if (!shard.has("documents") || !shard.has("sha256")) {
                throw new UserError(damaged(new Path(folder, MANIFEST), "was written by an older version"));
            }
            shards.add(new Shard(
                    shard.path("count").asLong(),
                    shard.path("documents").asLong(),
                    shard.path("sha256").asText()));
        }
        if (shards.isEmpty()) {
            throw new UserError(damaged(new Path(folder, MANIFEST), "names no shards"));
        }
        return new TokenShards(
                folder.toString(),
                facts.path("bytes_per_id").asInt(),
                facts.path("vocabulary_size").asInt(),
                shards);
    }

    /** A line for each file that is not there, or not as long as it must be. */
    List<String> missing() {
        Map<String, Long> lengths = Storage.lengths(new Path(folder));
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.get(i);
            long bytes = TokenShard.HEADER_BYTES + shard.tokens() * bytesPerId;
            problems.addAll(missing(lengths, shard(folder, i), bytes));
            problems.addAll(missing(lengths, ends(folder, i), shard.documents() * Long.BYTES));
        }
        return problems;
    }

    private static List<String> missing(Map<String, Long> lengths, Path file, long bytes) {
        Long length = lengths.get(file.getName());
        if (length != null && length == bytes) {
            return List.of();
        }
        return List.of(damaged(file, length == null ? "is missing" : "has %d bytes, not %d".formatted(length, bytes)));
    }

    /** What to say of a damaged file. */
    static String damaged(Path file, String problem) {
        return "%s %s: delete the folder and run kindling tokenize again".formatted(file, problem);
    }

    /**
     * What {@link #writeManifest} wrote.
     *
     * @throws UserError when there is none, or it cannot be read
     */
    public static ObjectNode manifest(Path folder) {
        Path file = new Path(folder, MANIFEST);
        if (!Storage.exists(file)) {
            throw new UserError("%s holds no token shards: kindling tokenize makes them".formatted(folder));
        }
        try {
            return Json.parse(Storage.text(file));
        } catch (UncheckedIOException e) {
            throw new UserError(damaged(file, "is no JSON"));
        }
    }

    /** How documents become sequences, where nobody says otherwise. */
    public static Packing packing(Path folder) {
        return Packing.named(manifest(folder).path("packing").asText("stream"));
    }

    /** Opens the shards for positional reads, on any machine. */
    public ShardReader reader() {
        return new ShardReader(this);
    }
}
