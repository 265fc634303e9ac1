package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Bytes that claim to be text. */
final class StrictText {
    private static final char REPLACEMENT = '\uFFFD'; // what Java decodes invalid bytes to, and a character of its own
    private static final int SAMPLE_BYTES = 1 << 16;
    private static final double MAX_CONTROLS =
            0.02; // random bytes have 10 %, UTF-16 unmarked 50 %, pages about control characters some

    private StrictText() {}

    /**
     * Decodes UTF-8.
     *
     * @param whole false when the bytes may end within a character
     * @throws BadRecord {@code invalid_utf8} with the offset of the first byte that is none
     */
    static String utf8(byte[] bytes, boolean whole) throws BadRecord {
        String text = new String(bytes, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : checked(bytes, whole);
    }

    /** Decodes in the slow way, which knows where it fails. */
    private static String checked(byte[] bytes, boolean whole) throws BadRecord {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, whole);
        if (result.isError()) {
            throw new BadRecord("invalid_utf8", "no valid UTF-8 at byte " + in.position());
        }
        return out.flip().toString();
    }

    /**
     * The offset of the first byte that is not part of UTF-8, or -1; without decoding, which takes three times as long.
     *
     * <p>Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
     */
    static int firstInvalid(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] >= 0) {
                at++;
            } else {
                int length = sequenceBytes(bytes, at);
                if (length == 0) {
                    return at;
                }
                at += length;
            }
        }
        return -1;
    }

    /** The length of the well-formed sequence of several bytes that starts here, or 0. */
    private static int sequenceBytes(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first < 0xC2 || first > 0xF4 || at + length > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /**
     * Whether bytes are UTF-8.
     *
     * @param whole false when the bytes may end within a character
     */
    static boolean isUtf8(byte[] bytes, boolean whole) {
        try {
            utf8(bytes, whole);
            return true;
        } catch (BadRecord invalid) {
            return false;
        }
    }

    /** Whether more of the bytes are control characters than in text of any encoding that contains ASCII. */
    static boolean looksBinary(byte[] bytes) {
        int sample = Math.min(bytes.length, SAMPLE_BYTES);
        int controls = 0;
        for (int i = 0; i < sample; i++) {
            controls += isControl(bytes[i]) ? 1 : 0;
        }
        return controls > MAX_CONTROLS * sample;
    }

    /** Control characters but white space. */
    private static boolean isControl(byte b) {
        return b == 0x7F || (b >= 0 && b < '\t') || (b > '\r' && b < ' ');
    }
}
