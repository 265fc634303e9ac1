package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes web archives, sound and odd ones. */
final class Archives {
    private Archives() {}

    static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A WARC record of a type, with further header lines, each ended by CR LF. */
    static byte[] record(String type, String fields, byte[] block) {
        String head = "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: http://a.example/\r\n" + fields
                + "Content-Length: " + block.length + "\r\n\r\n";
        return concat(head.getBytes(UTF_8), block, "\r\n\r\n".getBytes(UTF_8));
    }

    /** A response record with an HTTP head of further lines. */
    static byte[] response(String httpFields, byte[] body) {
        return record(
                "response",
                "WARC-Date: 2024-05-18T01:58:10Z\r\nContent-Type: application/http; msgtype=response\r\n",
                concat(ascii("HTTP/1.1 200 OK\r\n" + httpFields + "\r\n"), body));
    }

    static byte[] page(String text) {
        return response("Content-Type: text/html; charset=utf-8\r\n", ("<p>" + text).getBytes(UTF_8));
    }

    /** An ARC record, version 1. */
    static byte[] arcRecord(String url, String type, byte[] block) {
        String line = url + " 127.0.0.1 20140216050221 " + type + " " + block.length + "\n";
        return concat(line.getBytes(UTF_8), block, "\n".getBytes(UTF_8));
    }

    static byte[] versionBlock() {
        String block = "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n";
        return arcRecord("filedesc://a.arc", "text/plain", block.getBytes(UTF_8));
    }

    static byte[] gzip(byte[] content) {
        return gzip(content, Deflater.DEFAULT_COMPRESSION);
    }

    static byte[] gzip(byte[] content, int level) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(level);
            }
        }) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
