package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * How many bytes the units of a text have, and in which order: known from its first bytes, and all that is needed to find
 * the ends of its lines.
 */
enum TextForm {
    /** UTF-8, and every other encoding in which the byte 10 is a line feed and nothing else. */
    BYTES(StandardCharsets.UTF_8, 1, 0, "\u00EF\u00BB\u00BF"),
    // UTF-32LE before UTF-16LE, whose mark is the beginning of its own.
    UTF_32LE(Charset.forName("UTF-32LE"), 4, 0, "\u00FF\u00FE\u0000\u0000"),
    UTF_32BE(Charset.forName("UTF-32BE"), 4, 3, "\u0000\u0000\u00FE\u00FF"),
    UTF_16LE(StandardCharsets.UTF_16LE, 2, 0, "\u00FF\u00FE"),
    UTF_16BE(StandardCharsets.UTF_16BE, 2, 1, "\u00FE\u00FF");

    /** How much of a text is looked at. */
    static final int HEAD_BYTES = 1 << 16;

    private static final double LEAST_COMMON = 0.05; // of all characters; Chinese has 10 % punctuation
    private static final double MAX_STRANGE = 0.02; // of all characters; integers and sound read as UTF-16 have half

    private final Charset charset;
    private final int unitBytes;
    private final int feedAt;
    private final String mark; // bytes

    TextForm(Charset charset, int unitBytes, int feedAt, String mark) {
        this.charset = charset;
        this.unitBytes = unitBytes;
        this.feedAt = feedAt;
        this.mark = mark;
    }

    Charset charset() {
        return charset;
    }

    int unitBytes() {
        return unitBytes;
    }

    /**
     * The form of a text: that of its byte order mark; or UTF-16 when the bytes are no UTF-8 text and in one order make
     * one; or bytes.
     *
     * @param head the first {@link #HEAD_BYTES} of the text, or all of it
     */
    static TextForm of(byte[] head) {
        for (TextForm form : values()) {
            if (form.marks(head)) {
                return form;
            }
        }
        boolean utf8 = StrictText.isUtf8(head, head.length < HEAD_BYTES);
        return utf8 && !StrictText.looksBinary(head) ? BYTES : unmarked(head);
    }

    private boolean marks(byte[] head) {
        return new String(head, 0, Math.min(head.length, mark.length()), ISO_8859_1).equals(mark);
    }

    private static TextForm unmarked(byte[] head) {
        return Stream.of(UTF_16LE, UTF_16BE)
                .filter(form -> head.length >= form.unitBytes && isText(form.decoded(head)))
                .filter(form -> form.commonCharacters(head) >= LEAST_COMMON * head.length / form.unitBytes)
                .max(Comparator.comparing(form -> form.commonCharacters(head)))
                .orElse(BYTES);
    }

    private String decoded(byte[] head) {
        return new String(head, 0, head.length - head.length % unitBytes, charset);
    }

    /**
     * Characters that every text in UTF-16 has some of, and that other encodings read as UTF-16 have hardly any of: of the
     * alphabets, whose high byte would be a control character there; of Japanese; and full-width punctuation.
     */
    private long commonCharacters(byte[] head) {
        return decoded(head)
                .chars()
                .map(c -> c >> Byte.SIZE)
                .filter(TextForm::isCommonPage)
                .count();
    }

    private static boolean isCommonPage(int highByte) {
        return (highByte < ' ' && !Character.isWhitespace(highByte)) || highByte == 0x30 || highByte == 0xFF;
    }

    /** Whether few characters are such as no text has. */
    static boolean isText(String text) {
        return text.codePoints().filter(TextForm::isStrange).count() <= MAX_STRANGE * text.length();
    }

    private static boolean isStrange(int c) {
        int type = Character.getType(c);
        return c == '\uFFFD'
                || (type == Character.CONTROL && !Character.isWhitespace(c))
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE;
    }

    /** The offset of the first line feed in a buffer, or -1; units start at {@code start}. */
    int lineFeed(byte[] buffer, int start, int end) {
        if (unitBytes == 1) {
            int at = start;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            return at < end ? at : -1;
        }
        for (int at = start; at <= end - unitBytes; at += unitBytes) {
            if (buffer[at + feedAt] == '\n' && isRestZero(buffer, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isRestZero(byte[] buffer, int at) {
        for (int i = 0; i < unitBytes; i++) {
            if (i != feedAt && buffer[at + i] != 0) {
                return false;
            }
        }
        return true;
    }
}
