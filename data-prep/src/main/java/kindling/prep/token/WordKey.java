package kindling.prep.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A word of at most {@value #LONGEST} bytes as two longs: its bytes in order, zeros, and its length in the topmost byte. Equal words have equal
 * keys and other words other ones, so that a word is compared without looking at its bytes.
 */
final class WordKey {
    /** Bytes of the longest word that has a key. */
    static final int LONGEST = 2 * Long.BYTES - 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[] LOW = masks(0);
    private static final long[] HIGH = masks(Long.BYTES);

    private WordKey() {}

    /** The first half for {@code text[at, at + length)}; reads {@code text[at, at + 8)}. */
    static long low(byte[] text, int at, int length) {
        return (long) LONG.get(text, at) & LOW[length];
    }

    /** The second half; reads {@code text[at + 8, at + 16)}. Never 0. */
    static long high(byte[] text, int at, int length) {
        return ((long) LONG.get(text, at + Long.BYTES) & HIGH[length]) | ((long) length << 56);
    }

    /** Well mixed in its upper bits. */
    static long hash(long low, long high) {
        return (low ^ Long.rotateLeft(high, 29)) * 0x9E3779B97F4A7C15L;
    }

    /** For each length which bits of the eight bytes {@code from} bytes into a word belong to it. */
    private static long[] masks(int from) {
        long[] masks = new long[LONGEST + 1];
        for (int length = 0; length <= LONGEST; length++) {
            int bytes = Math.min(Long.BYTES, Math.max(0, length - from));
            masks[length] = bytes == Long.BYTES ? -1L : (1L << (Byte.SIZE * bytes)) - 1;
        }
        return masks;
    }
}
