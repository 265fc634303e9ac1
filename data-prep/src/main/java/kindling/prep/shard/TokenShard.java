package kindling.prep.shard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a token shard: a header of {@value #HEADER_BYTES} bytes, then the ids of one document after the other.
 *
 * <pre>
 * offset  0  "KNDLTOK1"       magic
 * offset  8  u32  1           version
 * offset 12  u32  2 or 4      bytes per id
 * offset 16  u64              number of ids
 * offset 24  ids, unsigned, of 2 or 4 bytes each
 * </pre>
 *
 * All numbers are little-endian. Id {@code i} stands at {@code HEADER_BYTES + i * bytesPerId}, so a sequence is one positional read.
 */
public final class TokenShard {
    /** Where the ids start, in bytes. */
    public static final int HEADER_BYTES = 24;

    private static final byte[] MAGIC = "KNDLTOK1".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    /**
     * What a header says.
     *
     * @param bytesPerId 2 or 4
     * @param count number of ids in the shard, 0 or more
     */
    public record Header(int bytesPerId, long count) {
        public Header {
            requireWidth(bytesPerId);
            if (count < 0) {
                throw new IllegalArgumentException("a shard's count of ids must be >= 0, got " + count);
            }
        }
    }

    private TokenShard() {}

    /** The narrowest width that holds every id below {@code vocabularySize}: 2 bytes up to 65,536 ids, else 4. */
    public static int bytesPerId(int vocabularySize) {
        return vocabularySize <= 1 << 16 ? 2 : 4;
    }

    /** The header of a shard of {@code count} ids. */
    public static byte[] header(int bytesPerId, long count) {
        Header header = new Header(bytesPerId, count);
        byte[] bytes = new byte[HEADER_BYTES];
        littleEndian(bytes)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(header.bytesPerId())
                .putLong(header.count());
        return bytes;
    }

    /**
     * Reads a header back.
     *
     * @param bytes at least {@link #HEADER_BYTES} bytes from the start of a shard
     * @throws IllegalArgumentException when these bytes start no token shard of this version
     */
    public static Header parseHeader(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException(
                    "not a token shard: the first 8 of its %d bytes are not \"KNDLTOK1\"".formatted(bytes.length));
        }
        ByteBuffer buffer = littleEndian(bytes).position(MAGIC.length);
        int version = buffer.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("token shard version must be %d, got %d".formatted(VERSION, version));
        }
        return new Header(buffer.getInt(), buffer.getLong());
    }

    /**
     * Ids as they lie in a shard.
     *
     * @throws IllegalArgumentException for an id that the width does not hold
     */
    public static byte[] bytes(int[] ids, int bytesPerId) {
        requireWidth(bytesPerId);
        byte[] bytes = new byte[Math.multiplyExact(ids.length, bytesPerId)];
        ByteBuffer buffer = littleEndian(bytes);
        for (int id : ids) {
            if (id < 0 || (bytesPerId == 2 && id > 0xFFFF)) {
                throw new IllegalArgumentException(
                        "id must fit in %d unsigned bytes, got %d".formatted(bytesPerId, id));
            }
            if (bytesPerId == 2) {
                buffer.putShort((short) id);
            } else {
                buffer.putInt(id);
            }
        }
        return bytes;
    }

    /**
     * The ids in a stretch of a shard that starts and ends between ids.
     *
     * @throws IllegalArgumentException when the length is no multiple of the width
     */
    public static int[] ids(byte[] bytes, int bytesPerId) {
        requireWidth(bytesPerId);
        if (bytes.length % bytesPerId != 0) {
            throw new IllegalArgumentException(
                    "%d bytes are no whole number of ids of %d bytes".formatted(bytes.length, bytesPerId));
        }
        ByteBuffer buffer = littleEndian(bytes);
        int[] ids = new int[bytes.length / bytesPerId];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytesPerId == 2 ? Short.toUnsignedInt(buffer.getShort()) : buffer.getInt();
        }
        return ids;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireWidth(int bytesPerId) {
        if (bytesPerId != 2 && bytesPerId != 4) {
            throw new IllegalArgumentException("bytesPerId must be 2 or 4, got " + bytesPerId);
        }
    }
}
