package kindling.jobs.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import kindling.jobs.UserError;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/**
 * Corpora that are trained on together, as the manifest of a mixture's folder names them: where they lie, what they were, and how much of
 * each is wanted. How many sequences that comes to is decided when a training run knows their length.
 */
public record Mixture(List<Corpus> corpora) {
    private static final String LIST = "mixture";

    /**
     * A part of a mixture.
     *
     * @param folder its token shards
     * @param manifest digest of their manifest, which has the digests of all shards
     * @param weight its share of the sequences, relative to the others; 0 in all corpora where repetitions alone decide
     * @param repetitions how often each of its sequences comes in an epoch, or at most where there are weights
     */
    public record Corpus(String name, String folder, String manifest, double weight, double repetitions) {
        /** A corpus as it is now. */
        public static Corpus of(String name, Path folder, double weight, double repetitions) {
            return new Corpus(name, folder.toString(), digest(folder), weight, repetitions);
        }

        private static String digest(Path folder) {
            return Digest.of(Storage.bytes(new Path(folder, TokenShards.MANIFEST)));
        }

        private List<String> problems() {
            Path path = new Path(folder);
            if (!Storage.exists(new Path(path, TokenShards.MANIFEST))) {
                return List.of("corpus %s is not at %s any more: run kindling mix again with --overwrite"
                        .formatted(name, folder));
            }
            return digest(path).equals(manifest)
                    ? List.of()
                    : List.of("corpus %s at %s has changed since it was mixed: run kindling mix again with --overwrite"
                            .formatted(name, folder));
        }
    }

    public Mixture {
        corpora = List.copyOf(corpora);
    }

    /** Whether a folder's manifest is that of a mixture. */
    public static boolean isIn(Path folder) {
        return TokenShards.manifest(folder).has(LIST);
    }

    /**
     * A mixture whose corpora are as they were when they were mixed.
     *
     * @throws UserError when one has changed, or is not there
     */
    public static Mixture open(Path folder) {
        Mixture mixture = described(folder);
        List<String> problems = mixture.problems();
        if (!problems.isEmpty()) {
            throw new UserError(String.join("\n", problems));
        }
        return mixture;
    }

    /** What the manifest says. */
    public static Mixture described(Path folder) {
        List<Corpus> corpora = new ArrayList<>();
        for (JsonNode corpus : TokenShards.manifest(folder).path(LIST)) {
            corpora.add(new Corpus(
                    corpus.path("name").asText(),
                    corpus.path("folder").asText(),
                    corpus.path("manifest").asText(),
                    corpus.path("weight").asDouble(),
                    corpus.path("repetitions").asDouble(1)));
        }
        return new Mixture(corpora);
    }

    /** A line for each corpus that is not what it was. */
    public List<String> problems() {
        return corpora.stream().flatMap(corpus -> corpus.problems().stream()).toList();
    }

    /** Writes {@code manifest.json}, with what the caller adds. */
    public void writeManifest(Path folder, ObjectNode facts) {
        ArrayNode list = facts.putArray(LIST);
        corpora.forEach(corpus -> list.add(Json.tree(corpus)));
        Storage.write(new Path(folder, TokenShards.MANIFEST), Json.text(facts));
    }
}
