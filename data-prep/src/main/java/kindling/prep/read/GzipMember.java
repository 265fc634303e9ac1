package kindling.prep.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The gzip member at a window's position, one after another: its content, and whether it is whole.
 *
 * <p>Source: RFC 1952, GZIP file format specification version 4.3.
 */
final class GzipMember implements Closeable {
    private static final int FIXED_BYTES = 10; // of the header
    private static final int TRAILER_BYTES = 8; // CRC-32 and length
    private static final int HEADER_CHECKSUM = 2; // flags
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;
    private static final int MOST_NAME_BYTES = 1 << 12; // of a name or comment: more than a path may have

    private static final int HEAD_BYTES = 1 << 13; // room for the first line of an ARC record
    private static final int HEAD_STEP = 1 << 9;
    private static final int HEAD_RAW_BYTES = 1 << 16; // what a head may take at most: zlib's blocks are smaller

    private final ByteWindow raw;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] head = new byte[HEAD_BYTES];
    private int headStart;
    private int headEnd;
    private boolean over;

    GzipMember(ByteWindow raw) {
        this.raw = raw;
    }

    static boolean startsAt(ByteWindow raw) {
        return raw.has(3) && raw.at(0) == 0x1F && raw.at(1) == (byte) 0x8B && raw.at(2) == 8; // 8: deflate
    }

    /**
     * Passes the header of the member at the window's position.
     *
     * @throws IOException if there is none
     */
    void open() throws IOException {
        raw.advance(headerBytes());
        inflater.reset();
        checksum.reset();
        headStart = 0;
        headEnd = 0;
        over = false;
    }

    private int headerBytes() throws IOException {
        check(startsAt(raw) || isCutMagic());
        need(FIXED_BYTES);
        int flags = raw.at(3);
        check((flags & RESERVED) == 0);
        int bytes = FIXED_BYTES;
        if ((flags & EXTRA) != 0) {
            need(bytes + 2);
            bytes += 2 + (raw.at(bytes) & 0xFF) + ((raw.at(bytes + 1) & 0xFF) << 8);
        }
        bytes = (flags & NAME) != 0 ? afterZero(bytes) : bytes;
        bytes = (flags & COMMENT) != 0 ? afterZero(bytes) : bytes;
        bytes += (flags & HEADER_CHECKSUM) != 0 ? 2 : 0;
        need(bytes);
        return bytes;
    }

    /** Whether the file ends within the first three bytes of what could have become a member. */
    private boolean isCutMagic() {
        int there = raw.buffered();
        return there == 0 || (there < 3 && raw.at(0) == 0x1F && (there == 1 || raw.at(1) == (byte) 0x8B));
    }

    private int afterZero(int from) throws IOException {
        for (int i = from; i < from + MOST_NAME_BYTES; i++) {
            need(i + 1);
            if (raw.at(i) == 0) {
                return i + 1;
            }
        }
        throw new Failure.Passed(Failure.CORRUPT);
    }

    private static void check(boolean holds) throws IOException {
        if (!holds) {
            throw new Failure.Passed(Failure.CORRUPT);
        }
    }

    private void need(int bytes) throws IOException {
        if (!raw.has(bytes)) {
            throw new Failure.Passed(raw.failure().orElse(Failure.TRUNCATED));
        }
    }

    /**
     * Whether the content begins with a record of a web archive, as it does wherever an archive was written so that
     * each of its records can be read alone.
     */
    boolean beginsRecord() throws IOException {
        long limit = raw.position() + HEAD_RAW_BYTES;
        while (headEnd < HEAD_BYTES && !RecordHead.isDecided(head, 0, headEnd)) {
            int count = inflate(head, headEnd, Math.min(HEAD_STEP, HEAD_BYTES - headEnd), limit);
            if (count <= 0) {
                break;
            }
            headEnd += count;
        }
        return RecordHead.begins(head, 0, headEnd);
    }

    /**
     * Gives some of the content.
     *
     * @param limit where the window must not go beyond
     * @return how many bytes; 0 if there are none before the limit; -1 after the last, once they were found to be right
     * @throws IOException if the member is damaged or cut
     */
    int read(byte[] target, int offset, int length, long limit) throws IOException {
        if (headStart == headEnd) {
            return inflate(target, offset, length, limit);
        }
        int count = Math.min(length, headEnd - headStart);
        System.arraycopy(head, headStart, target, offset, count);
        headStart += count;
        return count;
    }

    private int inflate(byte[] target, int offset, int length, long limit) throws IOException {
        while (!inflater.finished()) {
            need(1);
            int input = (int) Math.min(raw.buffered(), limit - raw.position());
            if (input <= 0) {
                return 0;
            }
            int count = inflateSome(target, offset, length, input);
            if (count > 0) {
                return count;
            }
        }
        checkTrailer();
        return -1;
    }

    private int inflateSome(byte[] target, int offset, int length, int input) throws IOException {
        try {
            inflater.setInput(raw.array(), raw.start(), input);
            int count = inflater.inflate(target, offset, length);
            raw.advance(input - inflater.getRemaining());
            check(!inflater.needsDictionary());
            checksum.update(target, offset, count);
            return count;
        } catch (DataFormatException e) {
            throw new Failure.Passed(Failure.CORRUPT);
        }
    }

    private void checkTrailer() throws IOException {
        if (over) {
            return;
        }
        need(TRAILER_BYTES);
        check(word(0) == (int) checksum.getValue() && word(4) == (int) inflater.getBytesWritten());
        raw.advance(TRAILER_BYTES);
        over = true;
    }

    private int word(int ahead) {
        return (raw.at(ahead) & 0xFF)
                | (raw.at(ahead + 1) & 0xFF) << 8
                | (raw.at(ahead + 2) & 0xFF) << 16
                | (raw.at(ahead + 3) & 0xFF) << 24;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
