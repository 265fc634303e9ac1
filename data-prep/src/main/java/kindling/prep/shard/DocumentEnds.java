package kindling.prep.shard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Where the documents of a shard end, as the file beside it says: for each document in its order, the position behind its last id, as an
 * unsigned 64-bit number, little-endian. A document starts where the one before ends, the first at 0.
 */
public final class DocumentEnds {
    private DocumentEnds() {}

    /** The file for these ends. */
    public static byte[] bytes(long[] ends) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.multiplyExact(ends.length, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(ends);
        return buffer.array();
    }

    /**
     * Reads ends back.
     *
     * @param count ids in the shard
     * @throws IllegalArgumentException when they do not grow from document to document up to {@code count}
     */
    public static long[] parse(byte[] bytes, long count) {
        if (bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException("its length of %d bytes is no multiple of 8".formatted(bytes.length));
        }
        LongBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        long[] ends = new long[buffer.remaining()];
        buffer.get(ends);
        long before = 0;
        for (long end : ends) {
            if (end <= before) {
                throw new IllegalArgumentException(
                        "a document ends at %d, the one before at %d".formatted(end, before));
            }
            before = end;
        }
        if (before != count) {
            throw new IllegalArgumentException(
                    "its documents end at %d, the shard has %d ids".formatted(before, count));
        }
        return ends;
    }
}
