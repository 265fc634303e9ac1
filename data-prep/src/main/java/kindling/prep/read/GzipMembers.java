package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * What a gzip file decompresses to, one member after another. Unlike the JDK's stream it delivers everything before a
 * cut, takes nothing but zeros for padding, and can go on behind a damaged member.
 *
 * <p>Source: RFC 1952.
 */
final class GzipMembers extends InputStream {
    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int SEARCH_BYTES = 1 << 15;
    private static final int FLAGS_AT = 3;
    private static final int HEADER_CRC = 1 << 1; // bits of the flags
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;

    private final ByteSource source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean inMember;

    GzipMembers(ByteSource source) {
        this.source = source;
    }

    @Override
    public void close() {
        inflater.end();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (inMember || startMember()) {
            int count = source.inflate(inflater, target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            endMember();
        }
        return -1;
    }

    /** Reads the next header; false when no member follows. */
    private boolean startMember() throws IOException {
        if (source.isEmpty() || isPadding()) {
            if (source.failure().isPresent()) {
                throw source.cut();
            }
            return false;
        }
        byte[] header = source.peek(HEADER_BYTES);
        if (header.length < HEADER_BYTES) {
            throw source.cut();
        }
        if (!isHeader(header, 0)) {
            throw new Failure.Passed(Failure.CORRUPT);
        }
        source.skip(HEADER_BYTES);
        int flags = header[FLAGS_AT];
        if ((flags & EXTRA) != 0) {
            byte[] size = source.peek(2);
            source.skip(size.length < 2 ? 0 : 2 + (size[0] & 0xFF) + ((size[1] & 0xFF) << 8));
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        source.skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inflater.reset();
        crc.reset();
        inMember = true;
        return true;
    }

    /** Tapes and disks fill their blocks with zeros, which are taken here. */
    private boolean isPadding() {
        while (!source.isEmpty() && source.peek(1)[0] == 0) {
            source.skip(1);
        }
        return source.isEmpty();
    }

    private static boolean isHeader(byte[] bytes, int at) {
        return bytes[at] == 0x1F
                && bytes[at + 1] == (byte) 0x8B
                && bytes[at + 2] == 8 // deflate
                && (bytes[at + FLAGS_AT] & RESERVED) == 0;
    }

    private void skipText(boolean present) {
        boolean more = present;
        while (more && !source.isEmpty()) {
            more = source.peek(1)[0] != 0;
            source.skip(1);
        }
    }

    private void endMember() throws IOException {
        inMember = false;
        byte[] trailer = source.peek(TRAILER_BYTES);
        if (trailer.length < TRAILER_BYTES) {
            throw source.cut();
        }
        source.skip(TRAILER_BYTES);
        ByteBuffer expected = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
        if (expected.getInt() != (int) crc.getValue() || expected.getInt() != (int) inflater.getBytesWritten()) {
            throw new Failure.Passed(Failure.CORRUPT);
        }
    }

    /** Goes to the next header after damage; false when there is none. */
    boolean resume() {
        inMember = false;
        while (true) {
            byte[] window = source.peek(SEARCH_BYTES);
            for (int at = 0; at <= window.length - HEADER_BYTES; at++) {
                if (isHeader(window, at)) {
                    source.skip(at);
                    return true;
                }
            }
            source.skip(Math.max(1, window.length - HEADER_BYTES + 1));
            if (window.length < SEARCH_BYTES) {
                return false;
            }
        }
    }
}
