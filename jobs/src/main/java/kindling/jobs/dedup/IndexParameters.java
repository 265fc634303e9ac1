package kindling.jobs.dedup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputFiles;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.prep.dedup.Banding;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What makes signatures comparable: an index and a run must agree on all of it.
 *
 * @param exact equal texts are looked for
 * @param similar similar texts are looked for; without, an index holds no shingles
 * @param ngram words in a shingle
 */
public record IndexParameters(boolean exact, boolean similar, int ngram, Banding banding, long seed)
        implements Serializable {
    /** Its name in the folder of an index. */
    static final String FILE = "_index.json";

    /** Changes with everything that makes other fingerprints, shingles or signatures of the same texts. */
    private static final int VERSION = 1;

    private static final String REMEDY =
            "; give the options that the index was made with, or make one from the old documents again with --write-index";

    private Map<String, String> named() {
        Map<String, String> named = new TreeMap<>();
        named.put("version", String.valueOf(VERSION));
        named.put("method", exact && similar ? "exact minhash" : exact ? "exact" : "minhash");
        named.put("ngram", String.valueOf(ngram));
        named.put("bands", String.valueOf(banding.bands()));
        named.put("rows", String.valueOf(banding.rows()));
        named.put("seed", String.valueOf(seed));
        return named;
    }

    /** SHA-256 over parameters and sizes. */
    private static String checksum(Map<String, String> parameters, long documents, long bytes) {
        Digest digest = new Digest();
        parameters.forEach((name, value) -> digest.add(name).add(value));
        return digest.add(String.valueOf(documents)).add(String.valueOf(bytes)).hex();
    }

    /** Writes {@code _index.json} beside the files of an index. */
    void write(Path index, long documents) {
        long bytes = bytes(index);
        ObjectNode tree = Json.object();
        tree.set("parameters", Json.tree(named()));
        tree.put("documents", documents).put("bytes", bytes).put("checksum", checksum(named(), documents, bytes));
        Storage.write(new Path(index, FILE), Json.text(tree));
    }

    /** Bytes of the files of an index. */
    static long bytes(Path index) {
        return Storage.files(index).stream().mapToLong(FileStatus::getLen).sum();
    }

    /** Whether a path names the folder of an index itself. */
    public static boolean isIndex(String path) {
        return !InputFiles.isPattern(new Path(path)) && Storage.exists(new Path(Storage.absolute(path), FILE));
    }

    /** The folder of the index that a path names: the folder itself, or {@code _index} in the output of {@code dedup}. */
    public static Path folder(String path) {
        Path given = Storage.absolute(path);
        return isIndex(path) ? given : new Path(given, "_index");
    }

    /** Why an index cannot be used with these parameters: the difference and the remedy; empty when it can. */
    public List<String> problems(String path) {
        Path folder = folder(path);
        Path file = new Path(folder, FILE);
        if (!Storage.exists(file)) {
            return List.of("index %s has no %s: dedup --write-index makes one".formatted(path, FILE));
        }
        ObjectNode tree = Json.parse(Storage.text(file));
        Map<String, String> theirs = new TreeMap<>();
        tree.path("parameters")
                .properties()
                .forEach(e -> theirs.put(e.getKey(), e.getValue().asText()));
        long bytes = tree.path("bytes").asLong();
        String checksum = checksum(theirs, tree.path("documents").asLong(), bytes);
        if (!checksum.equals(tree.path("checksum").asText()) || bytes != bytes(folder)) {
            return List.of("index %s is damaged: its checksum or size is not what %s says%s"
                    .formatted(path, FILE, "; make it again from the old documents with --write-index"));
        }
        return differences(path, theirs);
    }

    private List<String> differences(String path, Map<String, String> theirs) {
        List<String> problems = new ArrayList<>();
        named().forEach((name, ours) -> {
            String other = theirs.getOrDefault(name, "(none)");
            if (!other.equals(ours)) {
                problems.add(
                        "index %s was made with %s %s, this run has %s%s".formatted(path, name, other, ours, REMEDY));
            }
        });
        return problems;
    }
}
