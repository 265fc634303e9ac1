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
