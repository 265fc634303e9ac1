package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The encoding of an HTML page, as browsers find it: byte order mark, what the server said, what a meta element near the
 * start declares; where none of these says anything, UTF-16 by its zero bytes, UTF-8 if the bytes are valid as that,
 * what a statistical detector is sure of, else windows-1252.
 *
 * <p>Source: WHATWG, HTML Living Standard, 13.2.3 "The input byte stream".
 */
final class HtmlEncoding {
    private static final int DECLARATION_BYTES = 4096; // the standard looks at 1024; real pages are later
    private static final Pattern DECLARATION = Pattern.compile(
            "<meta[^>]{1,400}?charset\\s{0,9}=\\s{0,9}[\"']?\\s{0,9}([\\w:.-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Charset ISO_2022_JP = Charset.forName("ISO-2022-JP");
    private static final int SAMPLE_BYTES = 1 << 14; // for the detector, whose time grows with it
    private static final int MIN_CONFIDENCE = 30; // per cent: below it, browsers' own default is as good a guess
    private static final double MIN_ZEROS = 0.2; // of every other byte: markup and spaces alone are more in UTF-16
    private static final double MAX_ZEROS = 0.02; // of the bytes between them
    private static final char REPLACEMENT = '\uFFFD';

    private HtmlEncoding() {}

    /**
     * Decodes a page; bytes that are invalid in its encoding become U+FFFD.
     *
     * @param told by the server, or ""
     * @throws BadRecord {@code not_text} if the bytes look like no text in any encoding
     */
    static String decode(byte[] page, String told) throws BadRecord {
        Charset charset = byteOrderMark(page)
                .or(() -> WebEncodings.of(told))
                .or(() -> declared(page))
                .or(() -> unmarkedUtf16(page))
                .orElseGet(() -> detected(page));
        boolean escapes = charset.equals(UTF_16BE) || charset.equals(UTF_16LE) || charset.equals(ISO_2022_JP);
        if (!escapes && StrictText.looksBinary(page)) {
            throw new BadRecord("not_text", "control characters as in binary data");
        }
        String text = new String(page, charset);
        if (charset.equals(UTF_8) && isMostlyReplaced(text)) {
            text = new String(page, detected(page));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Optional<Charset> byteOrderMark(byte[] page) {
        if (startsWith(page, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(UTF_8);
        }
        if (startsWith(page, 0xFE, 0xFF)) {
            return Optional.of(UTF_16BE);
        }
        return startsWith(page, 0xFF, 0xFE) ? Optional.of(UTF_16LE) : Optional.empty();
    }

    private static boolean startsWith(byte[] page, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= page.length || (page[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** A page whose declaration could be read byte by byte is not UTF-16, whatever it says. */
    private static Optional<Charset> declared(byte[] page) {
        String start = new String(page, 0, Math.min(page.length, DECLARATION_BYTES), ISO_8859_1);
        Matcher declaration = DECLARATION.matcher(start);
        return declaration.find()
                ? WebEncodings.of(declaration.group(1))
                        .map(charset -> charset.equals(UTF_16LE) || charset.equals(UTF_16BE) ? UTF_8 : charset)
                : Optional.empty();
    }

    /** In UTF-16 every other byte of markup, digits and spaces is zero, and hardly any of the bytes between. */
    private static Optional<Charset> unmarkedUtf16(byte[] page) {
        int sample = Math.min(page.length, SAMPLE_BYTES);
        int[] zeros = new int[2];
        for (int i = 0; i < sample; i++) {
            zeros[i & 1] += page[i] == 0 ? 1 : 0;
        }
        double many = MIN_ZEROS * sample / 2;
        double few = MAX_ZEROS * sample / 2;
        if (zeros[1] > many && zeros[0] <= few) {
            return Optional.of(UTF_16LE);
        }
        return zeros[0] > many && zeros[1] <= few ? Optional.of(UTF_16BE) : Optional.empty();
    }

    /** Whether a page that calls itself UTF-8 is in some other encoding, and not merely damaged in places. */
    private static boolean isMostlyReplaced(String text) {
        long replaced = text.chars().filter(c -> c == REPLACEMENT).count();
        long foreign = replaced == 0 ? 0 : text.chars().filter(c -> c > 0x7F).count();
        return replaced > 2 && replaced > foreign - replaced;
    }

    private static Charset detected(byte[] page) {
        try {
            StrictText.utf8(page, true);
            return UTF_8;
        } catch (BadRecord invalid) {
            return guessed(page);
        }
    }

    private static Charset guessed(byte[] page) {
        CharsetDetector detector = new CharsetDetector();
        detector.setText(sample(page));
        for (CharsetMatch match : detector.detectAll()) {
            Optional<Charset> charset = WebEncodings.of(match.getName());
            if (match.getConfidence() >= MIN_CONFIDENCE
                    && charset.isPresent()
                    && !charset.get().equals(UTF_8)) {
                return charset.get();
            }
        }
        return WINDOWS_1252;
    }

    /** Text for the detector: what stands between tags, from the first byte on that is not ASCII. */
    private static byte[] sample(byte[] page) {
        int i = 0;
        while (i < page.length && page[i] >= 0) {
            i++;
        }
        byte[] sample = new byte[Math.min(SAMPLE_BYTES, page.length - i)];
        int size = 0;
        boolean tag = false;
        for (; i < page.length && size < sample.length; i++) {
            tag = page[i] == '<' || (tag && page[i] != '>');
            sample[size] = page[i];
            size += tag ? 0 : 1;
        }
        return Arrays.copyOf(sample, size);
    }
}
