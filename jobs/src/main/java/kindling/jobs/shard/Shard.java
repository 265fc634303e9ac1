package kindling.jobs.shard;

import java.io.Serializable;

/**
 * What the manifest says of one shard.
 *
 * @param tokens ids in it
 * @param documents in it
 * @param sha256 of its file, in hex
 */
public record Shard(long tokens, long documents, String sha256) implements Serializable {}
