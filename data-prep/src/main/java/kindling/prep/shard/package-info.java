/**
 * How token ids lie in files: the bytes of a shard.
 *
 * <p>Public: {@code TokenShard}.
 */
package kindling.prep.shard;
