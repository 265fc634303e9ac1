package kindling.prep.read;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.LengthedBody.LengthedReadableByteChannel;
import org.netpreserve.jwarc.MessageBody;

/**
 * What a web server answered, as a crawler kept it. jwarc parses the head and undoes chunks, also where it is told that
 * there are some and there are none. Content codings are undone here, because jwarc knows only one at a time, and fails
 * where a crawler has undone it already and left the header.
 */
final class HttpAnswer {
    private static final int FIRST_BYTES = 1 << 14;

    private final HttpResponse response;

    private HttpAnswer(HttpResponse response) {
        this.response = response;
    }

    /** The content of an answer; not whole if it was damaged or cut, and this is what could be had of it. */
    static final class Content {
        private final byte[] bytes;
        private final boolean whole;

        Content(byte[] bytes, boolean whole) {
            this.bytes = bytes;
            this.whole = whole;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean whole() {
            return whole;
        }
    }

    /** @throws BadRecord {@code unsupported_type} if the block of the record is no HTTP response */
    static HttpAnswer parse(ByteBuffer block) throws BadRecord {
        try {
            return new HttpAnswer(HttpResponse.parse(new Block(block)));
        } catch (IOException | RuntimeException e) {
            throw new BadRecord("unsupported_type", "no HTTP response");
        }
    }

    int status() {
        return response.status();
    }

    ContentType type() {
        return ContentType.of(response.headers().first("Content-Type").orElse(""));
    }

    /** The values of a header field. */
    List<String> all(String name) {
        return response.headers().all(name);
    }

    /**
     * The content without transfer and content codings; of a damaged one what can be had.
     *
     * @throws BadRecord if it has more bytes than the limit, an unknown coding, or a damaged one
     */
    Content content(long limit) throws BadRecord {
        Content content = body(limit);
        List<String> codings = codings();
        for (int i = codings.size() - 1; i >= 0; i--) { // the last was applied last
            content = withoutCoding(codings.get(i), content, limit);
        }
        return content;
    }

    private Content body(long limit) throws BadRecord {
        try {
            MessageBody body = response.body();
            return drain(body.stream(), Math.max(body.size(), 0), limit);
        } catch (IOException e) {
            return new Content(new byte[0], false);
        }
    }

    private List<String> codings() {
        return response.headers().all("Content-Encoding").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !List.of("", "identity", "none").contains(coding))
                .toList();
    }

    private static Content withoutCoding(String coding, Content sent, long limit) throws BadRecord {
        Content decoded = decode(coding, sent.bytes(), limit);
        if (decoded.whole()) {
            return new Content(decoded.bytes(), sent.whole());
        }
        if (!StrictText.looksBinary(sent.bytes())) {
            return sent; // the crawler has undone the coding and left the header
        }
        if (decoded.bytes().length == 0) {
            throw new BadRecord("corrupt", "the content is not in the coding it is declared to be in");
        }
        return decoded;
    }

    private static Content decode(String coding, byte[] sent, long limit) throws BadRecord {
        try (InputStream in = decoder(coding, sent)) {
            return drain(in, FIRST_BYTES, limit);
        } catch (IOException | RuntimeException e) {
            return new Content(new byte[0], false);
        }
    }

    private static InputStream decoder(String coding, byte[] sent) throws IOException, BadRecord {
        InputStream in = new ByteArrayInputStream(sent);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in, FIRST_BYTES);
            case "deflate" -> new Deflated(in, !hasZlibHeader(sent));
            case "br" -> new BrotliInputStream(in);
            case "zstd" -> new ZstdInputStream(in);
            default -> throw new BadRecord("unsupported_type", "an unknown content coding");
        };
    }

    /** Servers disagree about whether {@code deflate} means with such a header (RFC 9110, section 8.4.1.2) or without. */
    private static boolean hasZlibHeader(byte[] sent) {
        return sent.length > 1 && (sent[0] & 0x0F) == 8 && (((sent[0] & 0xFF) << 8) + (sent[1] & 0xFF)) % 31 == 0;
    }

    private static final class Deflated extends InflaterInputStream {
        Deflated(InputStream in, boolean raw) {
            super(in, new Inflater(raw), FIRST_BYTES);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    /** All bytes of a stream, or those before an error. */
    private static Content drain(InputStream in, long expected, long limit) throws BadRecord {
        byte[] bytes = new byte[(int) Math.min(expected, limit) + 1]; // one more, to meet the end without growing
        int count = 0;
        try {
            int read = in.read(bytes);
            while (read >= 0) {
                count += read;
                if (count > limit) {
                    throw new BadRecord("record_too_large", "decompresses to more than max-record-bytes");
                }
                bytes = count < bytes.length ? bytes : Arrays.copyOf(bytes, (int) Math.min(2L * count, limit + 1));
                read = in.read(bytes, count, bytes.length - count);
            }
            return new Content(Arrays.copyOf(bytes, count), true);
        } catch (IOException | RuntimeException e) {
            return new Content(Arrays.copyOf(bytes, count), false); // a decoder met what it does not understand
        }
    }

    /** The block of a record for jwarc. */
    private static final class Block implements LengthedReadableByteChannel {
        private final ByteBuffer bytes;

        Block(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(ByteBuffer target) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(bytes.remaining(), target.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public long position() {
            return bytes.position();
        }

        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }
}
