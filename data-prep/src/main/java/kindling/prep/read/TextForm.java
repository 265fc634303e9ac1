package kindling.prep.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How many bytes the units of a text have, and in which order: known from its first bytes, and all that is needed to find
 * the ends of its lines.
 */
enum TextForm {
    /** UTF-8, and every other encoding in which the byte 10 is a line feed and nothing else. */
    BYTES(StandardCharsets.UTF_8, 1, 0, 0xEF, 0xBB, 0xBF),
    // UTF-32LE before UTF-16LE, whose mark is the beginning of its own.
    UTF_32LE(Charset.forName("UTF-32LE"), 4, 0, 0xFF, 0xFE, 0, 0),
    UTF_32BE(Charset.forName("UTF-32BE"), 4, 3, 0, 0, 0xFE, 0xFF),
    UTF_16LE(StandardCharsets.UTF_16LE, 2, 0, 0xFF, 0xFE),
    UTF_16BE(StandardCharsets.UTF_16BE, 2, 1, 0xFE, 0xFF);

    /** How much of a text is looked at. */
    static final int HEAD_BYTES = 1 << 16;

    private static final int VALUES = 256; // of a byte
    private static final double LEAST_DIFFERENCE = 0.5; // bits; texts of every script have more, 8-bit text and noise 0
    private static final double MAX_STRANGE = 0.02; // of all characters; integers and sound read as UTF-16 have half

    private final Charset charset;
    private final int unitBytes;
    private final int feedAt;
    private final int[] mark;

    TextForm(Charset charset, int unitBytes, int feedAt, int... mark) {
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
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** In UTF-16 the high bytes of characters, which say which script they are of, vary less than the low ones. */
    private static TextForm unmarked(byte[] head) {
        double even = entropy(head, 0);
        double odd = entropy(head, 1);
        if (head.length < 2 || Math.abs(even - odd) < LEAST_DIFFERENCE) {
            return BYTES;
        }
        TextForm form = even < odd ? UTF_16BE : UTF_16LE;
        return form.makesText(head) ? form : BYTES;
    }

    /** Bits of the bytes at even or odd offsets. */
    private static double entropy(byte[] head, int parity) {
        int[] counts = new int[VALUES];
        for (int i = parity; i < head.length; i += 2) {
            counts[head[i] & 0xFF]++;
        }
        double all = Math.max(1, (head.length + 1 - parity) / 2);
        double bits = 0;
        for (int count : counts) {
            bits -= count == 0 ? 0 : count / all * Math.log(count / all) / Math.log(2);
        }
        return bits;
    }

    private boolean makesText(byte[] head) {
        return isText(new String(head, 0, head.length - head.length % unitBytes, charset));
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
