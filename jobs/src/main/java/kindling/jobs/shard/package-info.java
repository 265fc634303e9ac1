/**
 * Folders of token shards: {@code WrittenShards} makes them of encoded documents, {@code ShardReader} reads ids by position.
 *
 * <p>Public: {@code TokenShards}, {@code Shard}, {@code ShardReader}, {@code Encoded}, {@code WrittenShards}, {@code Forgetting}.
 */
package kindling.jobs.shard;
