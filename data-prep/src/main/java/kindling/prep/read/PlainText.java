package kindling.prep.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kindling.prep.Document;

/**
 * What the bytes of a text file say, in whatever encoding it is.
 *
 * @param charset the encoding, or "" for UTF-8
 * @param replaced how many characters could not be read and became U+FFFD
 */
record PlainText(String text, String charset, int replaced) {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int GOOD_FOR_ONE_BAD =
            100; // characters beyond ASCII; below that the text is in another encoding

    /** With the bytes' own form. */
    static PlainText of(byte[] content, boolean whole) throws BadRecord {
        return of(content, TextForm.of(content), whole);
    }

    /**
     * Decodes UTF-8; UTF-16 and UTF-32; UTF-8 with very few invalid bytes, which become U+FFFD; and other encodings as
     * {@link LegacyCharset} finds them.
     *
     * @param form of the file that the content is of
     * @param whole false when the bytes may end within a character
     * @throws BadRecord {@code not_text} if there are control characters as in no text, {@code invalid_utf8} if no
     *     encoding is likely
     */
    static PlainText of(byte[] content, TextForm form, boolean whole) throws BadRecord {
        if (form != TextForm.BYTES) {
            return unicode(content, form);
        }
        if (StrictText.looksBinary(content)) {
            throw new BadRecord("not_text", "control characters as in binary data");
        }
        if (StrictText.isUtf8(content, whole)) {
            return new PlainText(StrictText.utf8(content, whole), "", 0);
        }
        Optional<PlainText> repaired = almostUtf8(content);
        return repaired.isPresent() ? repaired.get() : legacy(content, whole);
    }

    private static PlainText unicode(byte[] content, TextForm form) throws BadRecord {
        String text = new String(content, form.charset());
        int replaced = (int) text.chars().filter(c -> c == REPLACEMENT).count();
        if (!TextForm.isText(text)) {
            throw new BadRecord("not_text", "control or undefined characters as in binary data");
        }
        return new PlainText(text, form.charset().name(), replaced);
    }

    /** A good text with a few bytes lost on its way is worth more than the bytes. */
    private static Optional<PlainText> almostUtf8(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        long beyondAscii = text.codePoints().filter(c -> c >= 0x80).count();
        int replaced = (int) text.chars().filter(c -> c == REPLACEMENT).count();
        return replaced * (long) GOOD_FOR_ONE_BAD <= beyondAscii
                ? Optional.of(new PlainText(text, "", replaced))
                : Optional.empty();
    }

    private static PlainText legacy(byte[] content, boolean whole) throws BadRecord {
        Optional<Charset> charset = LegacyCharset.of(content);
        return charset.isPresent()
                ? new PlainText(
                        new String(content, charset.get()), charset.get().name(), 0)
                : new PlainText(StrictText.utf8(content, whole), "", 0);
    }

    /** The document; its meta data tell a {@code charset} that is not UTF-8 and how many characters were {@code replaced}. */
    Document in(Document blank) {
        Document document = blank.withText(text);
        document = charset.isEmpty() ? document : document.with("charset", charset);
        return replaced == 0 ? document : document.with("replaced", Integer.toString(replaced));
    }
}
