package kindling.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.StoredCheckpoint;
import kindling.jobs.shard.Mixture;
import kindling.jobs.shard.TokenShards;
import org.apache.hadoop.fs.Path;

/** Ids of another tokenizer mean other texts, even where the vocabularies are as large. */
final class ShardTokenizer {
    private ShardTokenizer() {}

    /**
     * @throws UserError when shards and a checkpoint tell their tokenizers and these differ
     */
    static void requireOf(InputPath checkpoint, InputPath shards) {
        Path folder = Storage.absolute(shards.path());
        Path first = Mixture.isIn(folder)
                ? new Path(Mixture.open(folder).corpora().get(0).folder())
                : folder;
        JsonNode digest = TokenShards.manifest(first).path("tokenizer");
        boolean known = digest.isTextual() && StoredCheckpoint.of(checkpoint).has(SharedTokenizer.FILE);
        if (known && !Digest.of(SharedTokenizer.read(checkpoint).json()).equals(digest.asText())) {
            throw new UserError(
                    "the shards %s were made with another tokenizer than that of the checkpoint %s: tokenize with %s of the checkpoint"
                            .formatted(shards, checkpoint, SharedTokenizer.FILE));
        }
    }
}
