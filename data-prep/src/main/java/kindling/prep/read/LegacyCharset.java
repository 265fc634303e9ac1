package kindling.prep.read;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the encodings before Unicode a text is written in, by the statistics of ICU4J's detector ("Charset Detection",
 * ICU User Guide). Only encodings that contain ASCII are considered.
 */
final class LegacyCharset {
    private static final int SAMPLE_BYTES = 8000; // the detector looks at no more
    private static final int CONTEXT_BYTES = 200; // what is sampled before the first odd byte of a long line
    private static final int LEAST_CONFIDENCE = 30; // percent; see LegacyCharsetTest for what is right at that

    private static final Charset LATIN_2 = Charset.forName("ISO-8859-2");
    private static final Charset WINDOWS_1250 = Charset.forName("windows-1250");

    /** What the detector calls them, and the supersets that are meant in practice. */
    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("ISO-8859-1", "windows-1252"),
            Map.entry("ISO-8859-2", LATIN_2.name()),
            Map.entry("ISO-8859-5", "ISO-8859-5"),
            Map.entry("ISO-8859-6", "ISO-8859-6"),
            Map.entry("ISO-8859-7", "windows-1253"),
            Map.entry("ISO-8859-8", "windows-1255"),
            Map.entry("ISO-8859-9", "windows-1254"),
            Map.entry("windows-1250", WINDOWS_1250.name()),
            Map.entry("windows-1251", "windows-1251"),
            Map.entry("windows-1252", "windows-1252"),
            Map.entry("windows-1253", "windows-1253"),
            Map.entry("windows-1254", "windows-1254"),
            Map.entry("windows-1255", "windows-1255"),
            Map.entry("windows-1256", "windows-1256"),
            Map.entry("KOI8-R", "KOI8-R"),
            Map.entry("Shift_JIS", "windows-31j"),
            Map.entry("EUC-JP", "EUC-JP"),
            Map.entry("EUC-KR", "x-windows-949"),
            Map.entry("Big5", "Big5"),
            Map.entry("GB18030", "GB18030"));

    private LegacyCharset() {}

    /** The encoding, if the detector is sure enough and all of the text is valid in it. */
    static Optional<Charset> of(byte[] text) {
        CharsetMatch[] matches = new CharsetDetector().setText(sample(text)).detectAll();
        return Arrays.stream(matches)
                .filter(match -> JAVA_NAMES.containsKey(match.getName()))
                .limit(1)
                .filter(match -> match.getConfidence() >= LEAST_CONFIDENCE)
                .map(match -> Charset.forName(JAVA_NAMES.get(match.getName())))
                .map(charset -> charset.equals(LATIN_2) && hasC1(text) ? WINDOWS_1250 : charset)
                .filter(charset -> isValid(text, charset))
                .findFirst();
    }

    /** Whether there are bytes that are control characters in ISO 8859 and letters in Windows' encodings. */
    private static boolean hasC1(byte[] text) {
        for (byte b : text) {
            if (b < (byte) 0xA0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValid(byte[] text, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The lines that hold more than ASCII; of a long one what stands around its first such byte. */
    private static byte[] sample(byte[] text) {
        byte[] sample = new byte[SAMPLE_BYTES];
        int count = 0;
        int at = 0;
        while (at < text.length && count < SAMPLE_BYTES) {
            int odd = firstOdd(text, at);
            int from = Math.max(at, Math.max(lineStart(text, odd), odd - CONTEXT_BYTES));
            int to = Math.min(lineEnd(text, odd), from + SAMPLE_BYTES - count);
            System.arraycopy(text, from, sample, count, to - from);
            count += to - from;
            at = Math.max(to, at + 1);
        }
        return Arrays.copyOf(sample, count);
    }

    private static int firstOdd(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] >= 0) {
            at++;
        }
        return at;
    }

    private static int lineStart(byte[] text, int at) {
        int start = at;
        while (start > 0 && text[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] text, int at) {
        int end = at;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return Math.min(text.length, end + 1);
    }
}
