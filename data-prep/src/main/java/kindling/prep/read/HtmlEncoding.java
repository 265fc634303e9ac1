package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The encoding of an HTML page, as browsers find it: byte order mark, then what a meta element near the start declares,
 * then UTF-8 if the bytes are valid as that, else windows-1252.
 *
 * <p>Source: WHATWG, HTML Living Standard, 13.2.3 "The input byte stream".
 */
final class HtmlEncoding {
    private static final int DECLARATION_BYTES = 4096; // the standard looks at 1024; real pages are later
    private static final Pattern DECLARATION = Pattern.compile(
            "<meta[^>]{1,400}?charset\\s{0,9}=\\s{0,9}[\"']?\\s{0,9}([\\w:.-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private HtmlEncoding() {}

    /**
     * Decodes a page; bytes that are invalid in its encoding become U+FFFD.
     *
     * @throws BadRecord {@code not_text} if the bytes look like no text in any encoding
     */
    static String decode(byte[] page) throws BadRecord {
        Optional<Charset> marked = byteOrderMark(page);
        if (marked.isEmpty() && StrictText.looksBinary(page)) {
            throw new BadRecord("not_text", "control characters as in binary data");
        }
        String text = new String(page, marked.or(() -> declared(page)).orElseGet(() -> guessed(page)));
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

    private static Optional<Charset> declared(byte[] page) {
        String start = new String(page, 0, Math.min(page.length, DECLARATION_BYTES), ISO_8859_1);
        Matcher declaration = DECLARATION.matcher(start);
        return declaration.find() ? named(declaration.group(1)) : Optional.empty();
    }

    private static Optional<Charset> named(String name) {
        try {
            return Optional.of(meant(Charset.forName(name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** Latin-1 and ASCII mean windows-1252, and a page whose declaration could be read byte by byte is not UTF-16. */
    private static Charset meant(Charset declared) {
        if (declared.equals(ISO_8859_1) || declared.equals(US_ASCII)) {
            return WINDOWS_1252;
        }
        return declared.name().startsWith("UTF-16") || declared.name().startsWith("UTF-32") ? UTF_8 : declared;
    }

    private static Charset guessed(byte[] page) {
        try {
            StrictText.utf8(page, true);
            return UTF_8;
        } catch (BadRecord invalid) {
            return WINDOWS_1252;
        }
    }
}
