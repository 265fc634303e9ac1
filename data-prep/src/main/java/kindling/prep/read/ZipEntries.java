package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * The entries of a zip file, read from front to back by their local headers, so that nothing has to be stored and the
 * entries before a cut are found. A damaged entry costs only itself: its end follows from its size where the header
 * gives one, else the next header is searched for.
 *
 * <p>Source: PKWARE, "APPNOTE.TXT: .ZIP File Format Specification", sections 4.3 to 4.5.
 */
final class ZipEntries implements Entries {
    private static final int ENTRY = 0x04034B50;
    private static final int DIRECTORY = 0x02014B50;
    private static final int DIRECTORY_END = 0x06054B50;
    private static final int DIRECTORY_END_64 = 0x06064B50;
    private static final int ARCHIVE_EXTRA = 0x08064B50;
    private static final int DESCRIPTOR = 0x08074B50;

    private static final int SIGNATURE_BYTES = 4;
    private static final int HEADER_BYTES = 30;
    private static final int ENCRYPTED = 1; // bits of the header's flags
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int UTF8_NAME = 1 << 11;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final long IN_EXTRA_FIELD = 0xFFFF_FFFFL;
    private static final int ZIP64_FIELD = 1;
    private static final int SEARCH_BYTES = 1 << 15;
    private static final int MAX_METHOD = 99; // the largest number that stands for a method

    private final ByteSource source;
    private final Inflater inflater = new Inflater(true);
    private Optional<Content> current = Optional.empty();
    private boolean lost; // somewhere between two entries, after damage
    private boolean ended;

    ZipEntries(ByteSource source) {
        this.source = source;
    }

    static boolean startsWith(byte[] head) {
        int signature = head.length < SIGNATURE_BYTES ? 0 : littleEndian(head).getInt();
        return signature == ENTRY || signature == DIRECTORY_END;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        inflater.end();
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (current.isPresent()) {
            Content content = current.get();
            current = Optional.empty();
            lost = !content.passOver();
        }
        if (lost) {
            ended |= !findHeader();
            lost = false;
        }
        if (ended) {
            return Optional.empty();
        }
        byte[] signature = source.peek(SIGNATURE_BYTES);
        if (signature.length < SIGNATURE_BYTES) {
            throw end(Failure.TRUNCATED);
        }
        return switch (littleEndian(signature).getInt()) {
            case ENTRY -> Optional.of(entry());
            case DIRECTORY, DIRECTORY_END, DIRECTORY_END_64, ARCHIVE_EXTRA -> {
                ended = true;
                yield Optional.empty();
            }
            default -> throw damage();
        };
    }

    /** The archive cannot be read further. */
    private IOException end(Failure failure) {
        ended = true;
        return new Failure.Passed(source.failure().orElse(failure));
    }

    /** The archive can perhaps be read further. */
    private IOException damage() {
        lost = true;
        return new Failure.Passed(Failure.CORRUPT);
    }

    private Entry entry() throws IOException {
        byte[] start = source.peek(HEADER_BYTES);
        if (start.length < HEADER_BYTES) {
            throw end(Failure.TRUNCATED);
        }
        ByteBuffer header = littleEndian(start);
        int nameBytes = Short.toUnsignedInt(header.getShort(26));
        int extraBytes = Short.toUnsignedInt(header.getShort(28));
        byte[] whole = source.peek(HEADER_BYTES + nameBytes + extraBytes);
        if (whole.length < HEADER_BYTES + nameBytes + extraBytes) {
            throw end(Failure.TRUNCATED);
        }
        source.skip(whole.length);
        int flags = header.getShort(6);
        int method = Short.toUnsignedInt(header.getShort(8));
        String name = new String(whole, HEADER_BYTES, nameBytes, nameCharset(flags, whole, nameBytes));
        ByteBuffer extra = littleEndian(whole).position(HEADER_BYTES + nameBytes);
        Content content = new Content(header, method, (flags & SIZES_FOLLOW) == 0 ? packedBytes(header, extra) : -1);
        current = Optional.of(content);
        if ((flags & ENCRYPTED) != 0) {
            return Entry.refused(name, "encrypted", "needs a password");
        }
        if (method != DEFLATED && (method != STORED || content.packedBytes < 0)) {
            return Entry.refused(name, "unsupported_compression", "zip method " + method);
        }
        return new Entry(name, name.endsWith("/"), Optional.empty(), content);
    }

    /** Names that are not marked as UTF-8, or are not, are read byte by byte: so every name has a meaning. */
    private static Charset nameCharset(int flags, byte[] header, int nameBytes) {
        byte[] name = Arrays.copyOfRange(header, HEADER_BYTES, HEADER_BYTES + nameBytes);
        return (flags & UTF8_NAME) != 0 && StrictText.isUtf8(name, true) ? UTF_8 : ISO_8859_1;
    }

    /** The entry's size in the archive, from the header or its field for large sizes. */
    private static long packedBytes(ByteBuffer header, ByteBuffer extra) {
        long packed = Integer.toUnsignedLong(header.getInt(18));
        long unpacked = Integer.toUnsignedLong(header.getInt(22));
        while (packed == IN_EXTRA_FIELD && extra.remaining() >= 4) {
            int field = Short.toUnsignedInt(extra.getShort());
            int bytes = Short.toUnsignedInt(extra.getShort());
            int at = extra.position() + (unpacked == IN_EXTRA_FIELD ? Long.BYTES : 0);
            if (field == ZIP64_FIELD && at + Long.BYTES <= extra.limit()) {
                return Math.max(0, extra.getLong(at));
            }
            extra.position(Math.min(extra.limit(), extra.position() + bytes));
        }
        return packed;
    }

    /** Searches for the next header; false when there is none. */
    private boolean findHeader() {
        while (true) {
            byte[] window = source.peek(SEARCH_BYTES);
            for (int at = 0; at <= window.length - SIGNATURE_BYTES; at++) {
                if (window[at] == 'P' && window[at + 1] == 'K' && isHeader(window, at)) {
                    source.skip(at);
                    return true;
                }
            }
            if (window.length < SEARCH_BYTES) {
                source.skip(window.length);
                return false;
            }
            source.skip(window.length - HEADER_BYTES);
        }
    }

    private static boolean isHeader(byte[] window, int at) {
        ByteBuffer bytes = littleEndian(window);
        int signature = bytes.getInt(at);
        if (signature == DIRECTORY || signature == DIRECTORY_END) {
            return true;
        }
        return signature == ENTRY
                && at + HEADER_BYTES <= window.length
                && Short.toUnsignedInt(bytes.getShort(at + 8)) <= MAX_METHOD
                && bytes.getShort(at + 26) != 0;
    }

    /** The bytes of one entry. */
    private final class Content extends InputStream {
        private final int method;
        private final long packedBytes; // -1 where they are not known before the end
        private final long startedAt = source.position();
        private final CRC32 crc = new CRC32();
        private final int expectedCrc;
        private long unpacked;
        private boolean finished; // and the checksum told

        Content(ByteBuffer header, int method, long packedBytes) {
            this.method = method;
            this.packedBytes = packedBytes;
            this.expectedCrc = header.getInt(14);
            inflater.reset();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (finished || length == 0) {
                return finished ? -1 : 0;
            }
            int count =
                    method == STORED ? copy(target, offset, length) : source.inflate(inflater, target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                unpacked += count;
                return count;
            }
            finished = true;
            if (!isAsExpected()) {
                throw new Failure.Passed(Failure.CORRUPT);
            }
            return -1;
        }

        private int copy(byte[] target, int offset, int length) throws IOException {
            long left = packedBytes - unpacked;
            if (left == 0) {
                return -1;
            }
            int count = source.stream().read(target, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw new Failure.Passed(Failure.TRUNCATED);
            }
            return count;
        }

        /** Compares the checksum with that of the header, or of the descriptor that follows. */
        private boolean isAsExpected() throws IOException {
            return packedBytes >= 0 ? (int) crc.getValue() == expectedCrc : takeDescriptor();
        }

        /** A descriptor is checksum and two sizes of 4 or 8 bytes, with or without a signature. */
        private boolean takeDescriptor() throws IOException {
            byte[] bytes = source.peek(24);
            ByteBuffer descriptor = littleEndian(bytes);
            boolean signed = bytes.length >= SIGNATURE_BYTES && descriptor.getInt(0) == DESCRIPTOR;
            int at = signed ? SIGNATURE_BYTES : 0;
            if (bytes.length < at + 12) {
                throw source.cut();
            }
            boolean large = at + 20 <= bytes.length && descriptor.getLong(at + 12) == unpacked && unpacked != 0;
            source.skip(at + (large ? 20 : 12));
            return descriptor.getInt(at) == (int) crc.getValue();
        }

        /** Goes to the entry's end; false if it is not known where that is. */
        boolean passOver() {
            if (packedBytes >= 0) {
                source.skip(startedAt + packedBytes - source.position());
            }
            return packedBytes >= 0 || finished;
        }
    }
}
