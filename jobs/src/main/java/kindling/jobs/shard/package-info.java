/**
 * Folders of token shards. {@code WrittenShards} makes them of encoded documents, {@code ShardReader} reads ids by position, {@code
 * ShardCheck} compares them with their manifest, {@code Forgetting} takes documents out, a {@code Mixture} names several to train on together.
 *
 * <p>Public: {@code TokenShards}, {@code Shard}, {@code ShardReader}, {@code Encoded}, {@code WrittenShards}, {@code ShardCheck}, {@code
 * Forgetting}, {@code Mixture}.
 */
package kindling.jobs.shard;
