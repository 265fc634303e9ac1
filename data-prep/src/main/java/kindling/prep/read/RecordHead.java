package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.netpreserve.jwarc.MessageHeaders;

/**
 * What the header of a record in a web archive says.
 *
 * @param type {@code response}, {@code resource} …; {@code filedesc} is the first record of an ARC file
 * @param url the page's, or ""
 * @param date of the capture, ISO 8601, or ""
 * @param id the record's own identifier, or ""
 * @param contentType of the block, with its parameters, or ""
 * @param payloadType of what the block holds, as the crawler identified it, or ""
 * @param cut whether the crawler kept only a part of what it was served
 * @param bytes of the header, with the empty line that ends it
 * @param length of the block after the header, in bytes
 */
record RecordHead(
        String type,
        String url,
        String date,
        String id,
        String contentType,
        String payloadType,
        boolean cut,
        int bytes,
        long length) {
    private static final long MOST_BYTES = 1L << 36; // 64 GiB: a longer record is a mistake, archives have 1 to 10 GB
    private static final int MOST_DIGITS = 12;
    private static final String WARC = "WARC/";
    private static final int MOST_LINE_ENDS = 8; // that may stand before a record in its own member

    /** Of a WARC record, or nothing when its length is missing or impossible. */
    static Optional<RecordHead> of(MessageHeaders fields, int bytes) {
        return length(fields.first("Content-Length").orElse(""))
                .map(length -> new RecordHead(
                        fields.first("WARC-Type").orElse(""),
                        withoutBrackets(fields.first("WARC-Target-URI").orElse("")),
                        fields.first("WARC-Date").orElse(""),
                        withoutBrackets(fields.first("WARC-Record-ID").orElse("")),
                        fields.first("Content-Type").orElse(""),
                        fields.first("WARC-Identified-Payload-Type").orElse(""),
                        !fields.all("WARC-Truncated").isEmpty()
                                || !fields.all("WARC-Segment-Number").isEmpty(),
                        bytes,
                        length));
    }

    static Optional<Long> length(String digits) {
        boolean valid = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? Optional.of(Long.parseLong(digits)).filter(length -> length <= MOST_BYTES) : Optional.empty();
    }

    /** The grammar of WARC 1.0 had them by mistake, and some programs write them. */
    private static String withoutBrackets(String uri) {
        return uri.startsWith("<") && uri.endsWith(">") ? uri.substring(1, uri.length() - 1) : uri;
    }

    /** Whether a record begins with the elements of an array from an index to another, as far as its first line tells. */
    static boolean begins(byte[] bytes, int from, int to) {
        int first = afterLineEnds(bytes, from, to);
        if (startsAsWarc(bytes, first, to)) {
            return true;
        }
        int end = lineEnd(bytes, first, to);
        return end < to
                && ArcLine.parse(new String(bytes, first, end - first, ISO_8859_1))
                        .isPresent();
    }

    /** Whether further elements would not change what {@link #begins} says. */
    static boolean isDecided(byte[] bytes, int from, int to) {
        int first = afterLineEnds(bytes, from, to);
        return to - first > WARC.length()
                && (startsAsWarc(bytes, first, to)
                        || !ArcLine.startsAsUrl(bytes[first])
                        || lineEnd(bytes, first, to) < to);
    }

    private static int afterLineEnds(byte[] bytes, int from, int to) {
        int first = from;
        while (first < Math.min(to, from + MOST_LINE_ENDS) && (bytes[first] == '\r' || bytes[first] == '\n')) {
            first++;
        }
        return first;
    }

    private static boolean startsAsWarc(byte[] bytes, int from, int to) {
        boolean starts = to - from > WARC.length();
        for (int i = 0; starts && i < WARC.length(); i++) {
            starts = bytes[from + i] == WARC.charAt(i);
        }
        return starts && bytes[from + WARC.length()] >= '0' && bytes[from + WARC.length()] <= '9';
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Whether a record of a WARC file begins at a window's position. */
    static boolean startsAsWarc(ByteWindow window) {
        return window.has(WARC.length() + 1)
                && startsAsWarc(window.array(), window.start(), window.start() + WARC.length() + 1);
    }
}
