/**
 * How token ids lie in files, and how they become training sequences. {@code TokenShard} is the bytes of a shard, {@code DocumentEnds} those
 * of the file beside it that says where documents end; a {@code Packing} makes {@code Sequences} of the ends alone, so that nothing is
 * tokenized again for another one.
 *
 * <p>Public: {@code TokenShard}, {@code DocumentEnds}, {@code Packing}, {@code Sequences}. To add a packing: a constant of {@code Packing}, and
 * a class for what it does not share.
 */
package kindling.prep.shard;
