package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Compressed files and archives, made in memory. */
final class Packed {
    private Packed() {}

    /** JSON lines that hardly get smaller. */
    static byte[] lines(int count) {
        Random random = new Random(1);
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"text\":\"line " + i + " " + random.nextLong() + "\"}\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    /** Writes to a stream that goes somewhere else. */
    private interface Writer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] through(Writer writer, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = writer.over(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        return through(GZIPOutputStream::new, content);
    }

    static byte[] gzip(String text) {
        return gzip(text.getBytes(UTF_8));
    }

    static byte[] bzip2(byte[] content) {
        return through(BZip2CompressorOutputStream::new, content);
    }

    static byte[] zstd(byte[] content) {
        return through(ZstdOutputStreamNoFinalizer::new, content);
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
                header.setSize(entry.getValue().length);
                put(out, header, entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void put(TarArchiveOutputStream out, TarArchiveEntry header, byte[] content) throws IOException {
        out.putArchiveEntry(header);
        out.write(content);
        out.closeArchiveEntry();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** One byte, many times, without holding them: more than fits into memory. */
    static InputStream repeated(char value, long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? value : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int read = (int) Math.min(left, length);
                Arrays.fill(target, offset, offset + read, (byte) value);
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
    }
}
