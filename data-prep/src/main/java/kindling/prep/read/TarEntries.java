package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The entries of a tar file. Long names are read as GNU tar and as POSIX pax write them, within a limit. After a damaged
 * header the next good one is searched for.
 *
 * <p>Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Interchange Format"; GNU tar manual, "Basic Tar
 * Format".
 */
final class TarEntries implements Entries {
    static final int BLOCK_BYTES = 512;

    private static final int MAX_EXTENDED_BYTES = 1 << 16; // of a long name, or all extended attributes of one entry
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    private final ByteSource source;
    private long entryEnd; // offset of the header after the current entry
    private boolean lost; // between two entries, after a damaged header
    private boolean ended;

    TarEntries(ByteSource source) {
        this.source = source;
    }

    static boolean startsWith(byte[] head) {
        return head.length >= BLOCK_BYTES && isPosixOrGnu(head) && isWhole(head);
    }

    /** What extended headers say about the entry that follows them; a size below 0 and an empty name say nothing. */
    private record Extended(String name, long size) {}

    @Override
    public Optional<Entry> next() throws IOException {
        Extended extended = new Extended("", -1);
        while (!ended && findHeader()) {
            byte[] header = source.peek(BLOCK_BYTES);
            source.skip(BLOCK_BYTES);
            long size = extended.size < 0 ? size(header) : extended.size;
            entryEnd = source.position() + roundedUp(size);
            byte type = header[TYPE_AT];
            switch (type) {
                case TarConstants.LF_GNUTYPE_LONGNAME ->
                    extended = new Extended(untilZero(content(size), 0, MAX_EXTENDED_BYTES), extended.size);
                case TarConstants.LF_PAX_EXTENDED_HEADER_LC -> extended = extended(content(size));
                case TarConstants.LF_GNUTYPE_LONGLINK, TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER, 'V' -> {
                    // says nothing about content: a link's target, the archive's comment, its label
                }
                default -> {
                    return Optional.of(entry(extended.name.isEmpty() ? name(header) : extended.name, type, size));
                }
            }
        }
        return Optional.empty();
    }

    private Entry entry(String name, byte type, long size) {
        return switch (type) {
            case TarConstants.LF_DIR -> new Entry(name, true, Optional.empty(), InputStream.nullInputStream());
            case TarConstants.LF_LINK,
                    TarConstants.LF_SYMLINK,
                    TarConstants.LF_CHR,
                    TarConstants.LF_BLK,
                    TarConstants.LF_FIFO -> Entry.refused(name, "unsafe_path", "a link or a device");
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
                new Entry(name, name.endsWith("/"), Optional.empty(), new Content(size));
            default -> Entry.refused(name, "unsupported_format", "a tar entry of type " + type);
        };
    }

    /** Goes to the next header, or to the end. */
    private boolean findHeader() throws IOException {
        source.skip(entryEnd - source.position());
        byte[] block = source.peek(BLOCK_BYTES);
        while (lost && block.length == BLOCK_BYTES && !isWhole(block)) {
            source.skip(BLOCK_BYTES);
            block = source.peek(BLOCK_BYTES);
        }
        ended = block.length < BLOCK_BYTES || isZero(block);
        if (block.length < BLOCK_BYTES && !lost) {
            throw new Failure.Passed(source.failure().orElse(Failure.TRUNCATED));
        }
        lost = !ended && !isWhole(block);
        if (lost) {
            throw damage();
        }
        return !ended;
    }

    /** Whether the checksum of a header is right. */
    private static boolean isWhole(byte[] header) {
        try {
            return TarUtils.verifyCheckSum(header);
        } catch (IllegalArgumentException e) {
            return false; // no number where the checksum is
        }
    }

    private IOException damage() {
        lost = true;
        entryEnd = source.position();
        return new Failure.Passed(Failure.CORRUPT);
    }

    private static boolean isZero(byte[] block) {
        return Arrays.equals(block, new byte[BLOCK_BYTES]);
    }

    private static boolean isPosixOrGnu(byte[] header) {
        return new String(header, MAGIC_AT, 5, UTF_8).equals("ustar");
    }

    private long size(byte[] header) throws IOException {
        try {
            long size = TarUtils.parseOctalOrBinary(header, SIZE_AT, SIZE_BYTES);
            if (size >= 0) {
                return size;
            }
        } catch (IllegalArgumentException e) {
            // damaged as well
        }
        throw damage();
    }

    private static long roundedUp(long size) {
        return Math.min(size, Long.MAX_VALUE / 2 - BLOCK_BYTES) + Math.floorMod(-size, BLOCK_BYTES);
    }

    private static String name(byte[] header) {
        String name = untilZero(header, 0, NAME_BYTES);
        boolean gnu = header[MAGIC_AT + 5] == ' '; // which keeps times where POSIX has the prefix
        String prefix = isPosixOrGnu(header) && !gnu ? untilZero(header, PREFIX_AT, PREFIX_BYTES) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String untilZero(byte[] bytes, int from, int most) {
        int to = from;
        while (to < Math.min(bytes.length, from + most) && bytes[to] != 0) {
            to++;
        }
        return new String(bytes, from, to - from, UTF_8);
    }

    /** The whole of a small entry that is about another one. */
    private byte[] content(long size) throws IOException {
        if (size > MAX_EXTENDED_BYTES) {
            throw damage();
        }
        byte[] content = source.peek((int) size);
        if (content.length < size) {
            ended = true;
            throw new Failure.Passed(source.failure().orElse(Failure.TRUNCATED));
        }
        return content;
    }

    private static Extended extended(byte[] content) {
        Map<String, String> attributes = attributes(content);
        String size = attributes.getOrDefault("size", "");
        return new Extended(attributes.getOrDefault("path", ""), size.matches("\\d{1,18}") ? Long.parseLong(size) : -1);
    }

    /** Each attribute is a line: its length in bytes, a space, {@code name=value}. */
    private static Map<String, String> attributes(byte[] content) {
        Map<String, String> attributes = new HashMap<>();
        int at = 0;
        while (at < content.length) {
            String start = new String(content, at, Math.min(8, content.length - at), UTF_8);
            String digits = start.split(" ", 2)[0];
            int length = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
            if (length <= digits.length() + 1 || at + length > content.length) {
                break;
            }
            String[] pair =
                    new String(content, at + digits.length() + 1, length - digits.length() - 2, UTF_8).split("=", 2);
            attributes.put(pair[0], pair.length == 2 ? pair[1] : "");
            at += length;
        }
        return attributes;
    }

    /** The bytes of one entry. */
    private final class Content extends InputStream {
        private long left;

        Content(long size) {
            left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = source.stream().read(target, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw new Failure.Passed(Failure.TRUNCATED);
            }
            left -= count;
            return count;
        }
    }
}
