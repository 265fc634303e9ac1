package kindling.prep.token;

import java.util.Arrays;

/** UTF-8 in which an unpaired surrogate becomes U+FFFD, and not '?' as {@code String.getBytes} has it. */
public final class Utf8 {
    /** A unit of UTF-16 takes at most three bytes; a surrogate pair, two units, takes four. */
    public static final int MAX_BYTES_PER_CHAR = 3;

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** The bytes of a text. */
    public static byte[] of(String text) {
        byte[] bytes = new byte[Math.multiplyExact(MAX_BYTES_PER_CHAR, text.length())];
        return Arrays.copyOf(bytes, encode(text.toCharArray(), 0, text.length(), bytes));
    }

    /** How many bytes {@code text[from, to)} takes; surrogate pairs must not be cut. */
    static int length(char[] text, int from, int to) {
        int n = to - from;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c >= 0x80) {
                n += c < 0x800 ? 1 : 2;
                if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text[i + 1])) {
                    i++; // two characters, four bytes
                }
            }
        }
        return n;
    }

    /** Writes {@code text[from, to)} to the start of {@code out} and returns the number of bytes. */
    static int encode(char[] text, int from, int to, byte[] out) {
        return encode(text, from, to, out, 0);
    }

    /** Writes {@code text[from, to)} to {@code out} from {@code at} on, up to three bytes for each character, and returns where they end. */
    public static int encode(char[] text, int from, int to, byte[] out, int at) {
        int n = at;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c < 0x80) {
                out[n++] = (byte) c;
            } else if (c < 0x800) {
                out[n++] = (byte) (0xC0 | (c >> 6));
                out[n++] = continuation(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text[i + 1])) {
                int point = Character.toCodePoint(c, text[++i]);
                out[n++] = (byte) (0xF0 | (point >> 18));
                out[n++] = continuation(point >> 12);
                out[n++] = continuation(point >> 6);
                out[n++] = continuation(point);
            } else {
                int point = Character.isSurrogate(c) ? REPLACEMENT : c;
                out[n++] = (byte) (0xE0 | (point >> 12));
                out[n++] = continuation(point >> 6);
                out[n++] = continuation(point);
            }
        }
        return n;
    }

    /** How many bytes the character has that starts with this byte, in valid UTF-8. */
    static int length(byte first) {
        return first >= 0 ? 1 : first < (byte) 0xE0 ? 2 : first < (byte) 0xF0 ? 3 : 4;
    }

    /** The character that starts here, in valid UTF-8. */
    static int codePoint(byte[] utf8, int at) {
        byte first = utf8[at];
        return switch (length(first)) {
            case 1 -> first;
            case 2 -> (first & 0x1F) << 6 | (utf8[at + 1] & 0x3F);
            case 3 -> (first & 0x0F) << 12 | (utf8[at + 1] & 0x3F) << 6 | (utf8[at + 2] & 0x3F);
            default ->
                (first & 0x07) << 18 | (utf8[at + 1] & 0x3F) << 12 | (utf8[at + 2] & 0x3F) << 6 | (utf8[at + 3] & 0x3F);
        };
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
