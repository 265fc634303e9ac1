package kindling.prep.token;

import java.util.Arrays;

/**
 * The printable character that stands for each byte in a vocabulary file.
 *
 * <p>The 188 bytes that print in Latin-1 stand for themselves; the other 68 take the characters from U+0100 on, in byte order, so that a
 * space becomes {@code Ġ} and a line feed {@code Ċ}. Pieces can then be written as JSON strings whatever their bytes are.
 * Source: {@code bytes_to_unicode} of Radford et al. 2019, "Language Models are Unsupervised Multitask Learners".
 */
public final class ByteAlphabet {
    /** Number of bytes. */
    public static final int SIZE = 256;

    /** byte → its character. */
    private static final char[] SPELLING = spelling();
    /** character → its byte, -1 where it stands for none. */
    private static final short[] VALUE = value();
    /** The bytes in the order of their characters: '!' first, as GPT-2 numbers them. */
    private static final byte[] ORDER = order();

    private ByteAlphabet() {}

    /** The byte whose character is the {@code rank}-th of the alphabet; its id in a vocabulary trained here. */
    public static byte at(int rank) {
        return ORDER[rank];
    }

    /** How a vocabulary file spells these bytes. */
    public static String spell(byte... bytes) {
        char[] spelled = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            spelled[i] = SPELLING[bytes[i] & 0xFF];
        }
        return new String(spelled);
    }

    /**
     * The bytes behind a spelling.
     *
     * @throws IllegalArgumentException when a character stands for no byte
     */
    static byte[] bytes(String spelling) {
        byte[] bytes = new byte[spelling.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = spelling.charAt(i);
            if (c >= VALUE.length || VALUE[c] < 0) {
                throw new IllegalArgumentException(
                        "piece \"%s\" is not spelled in the byte-level alphabet (character %d is U+%04X)"
                                .formatted(spelling, i, (int) c));
            }
            bytes[i] = (byte) VALUE[c];
        }
        return bytes;
    }

    /** Whether each character stands for a byte. */
    static boolean spells(String spelling) {
        return spelling.chars().allMatch(c -> c < VALUE.length && VALUE[c] >= 0);
    }

    private static boolean prints(int latin1) {
        return (latin1 >= '!' && latin1 <= '~') || (latin1 >= 0xA1 && latin1 <= 0xFF && latin1 != 0xAD);
    }

    private static char[] spelling() {
        char[] spelling = new char[SIZE];
        char next = SIZE;
        for (int b = 0; b < SIZE; b++) {
            spelling[b] = prints(b) ? (char) b : next++;
        }
        return spelling;
    }

    private static short[] value() {
        short[] value = new short[2 * SIZE];
        Arrays.fill(value, (short) -1);
        for (int b = 0; b < SIZE; b++) {
            value[SPELLING[b]] = (short) b;
        }
        return value;
    }

    private static byte[] order() {
        byte[] order = new byte[SIZE];
        int rank = 0;
        for (short b : VALUE) {
            if (b >= 0) {
                order[rank++] = (byte) b;
            }
        }
        return order;
    }
}
