package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Ways in which one stream of bytes is compressed, known by their first bytes whatever the file is called. */
enum Compression {
    /** RFC 1952; several members after one another are one stream. */
    GZIP("gz tgz", "\u001F\u008B") {
        @Override
        InputStream open(ByteSource source) {
            return new GzipMembers(source);
        }
    },
    BZIP2("bz2 tbz2 tbz", "BZh") {
        @Override
        InputStream open(ByteSource source) throws IOException {
            return checked(source, in -> new ByteByByte(new BZip2CompressorInputStream(in, true)));
        }
    },
    /** RFC 8878. */
    ZSTD("zst tzst zstd", "(\u00B5/\u00FD") {
        @Override
        InputStream open(ByteSource source) throws IOException {
            return checked(source, ZstdInputStreamNoFinalizer::new);
        }
    };

    private static final int MAGIC_BYTES = 4; // of the longest

    private final String suffixes; // separated by spaces
    private final String magic; // the first bytes

    Compression(String suffixes, String magic) {
        this.suffixes = suffixes;
        this.magic = magic;
    }

    /** What a file that starts with these bytes is compressed with. */
    static Optional<Compression> of(byte[] head) {
        String start = new String(head, 0, Math.min(head.length, MAGIC_BYTES), ISO_8859_1);
        return Arrays.stream(values())
                .filter(kind -> start.startsWith(kind.magic))
                .findFirst();
    }

    /** The name of what is inside: {@code a.csv} in {@code a.csv.gz}, {@code a.tar} in {@code a.tgz}. */
    String inner(String name) {
        String suffix = Reader.extension(name);
        if (!List.of(suffixes.split(" ")).contains(suffix)) {
            return name;
        }
        String stem = name.substring(0, name.length() - suffix.length() - 1);
        return suffix.startsWith("t") ? stem + ".tar" : stem;
    }

    /** The bytes before compression: all that come before an error, which is {@link Failure.Passed}. */
    abstract InputStream open(ByteSource source) throws IOException;

    private interface Decompressor {
        InputStream over(InputStream in) throws IOException;
    }

    /** Tells errors apart: data is cut where the decompressor asked for more than there is, else it is damaged. */
    private static InputStream checked(ByteSource source, Decompressor decompressor) throws IOException {
        Asked asked = new Asked(source.stream());
        try {
            return new Checked(decompressor.over(asked), asked);
        } catch (IOException | RuntimeException e) {
            throw asked.explained(e);
        }
    }

    /** Keeps what a decompressor delivered before an error in the middle of a request. */
    private static final class ByteByByte extends FilterInputStream {
        private IOException error;

        ByteByByte(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = 0;
            while (count < length && error == null) {
                try {
                    int value = in.read();
                    if (value < 0) {
                        return count == 0 ? -1 : count;
                    }
                    target[offset + count++] = (byte) value;
                } catch (IOException e) {
                    error = e;
                }
            }
            if (count == 0) {
                throw error;
            }
            return count;
        }
    }

    /** Notices when somebody asks for more bytes than there are. */
    private static final class Asked extends FilterInputStream {
        private boolean forTooMuch;

        Asked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            forTooMuch |= value < 0;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            forTooMuch |= count < 0;
            return count;
        }

        IOException explained(Exception e) {
            return e instanceof Failure.Passed passed
                    ? passed
                    : new Failure.Passed(forTooMuch ? Failure.TRUNCATED : Failure.CORRUPT);
        }
    }

    private static final class Checked extends FilterInputStream {
        private final Asked asked;

        Checked(InputStream in, Asked asked) {
            super(in);
            this.asked = asked;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException | RuntimeException e) {
                throw asked.explained(e);
            }
        }
    }
}
