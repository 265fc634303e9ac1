package kindling.prep.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The words of a text as they are written, with the marks that stand at them: runs of anything but white space. In scripts
 * written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each character is a token, together with the combining
 * marks on it. No token begins or ends inside a character.
 */
final class Tokens {
    private static final long BASE = 0x9E3779B97F4A7C15L; // odd, so that multiplying loses no bit

    private final String text;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] lengths = new int[64]; // in bytes of UTF-8
    private long[] hashes = new long[64];
    private int count;
    private final BitSet afterCut = new BitSet();

    private int start = -1; // of the token that is open, -1 for none
    private boolean alone; // whether the open token takes no more than marks
    private int length;
    private long hash;

    private Tokens(String text) {
        this.text = text;
    }

    static Tokens of(String text) {
        return of(text, List.of());
    }

    /**
     * The tokens that are left of a text.
     *
     * @param removed in their order, none overlaps another, none begins or ends inside a token
     */
    static Tokens of(String text, List<Span> removed) {
        Tokens tokens = new Tokens(text);
        int from = 0;
        for (Span span : removed) {
            tokens.scan(from, span.start());
            tokens.afterCut.set(tokens.count);
            from = span.end();
        }
        tokens.scan(from, text.length());
        return tokens;
    }

    private void scan(int from, int to) {
        for (int i = from; i < to; ) {
            int c = text.charAt(i) < 0x80 ? text.charAt(i) : text.codePointAt(i);
            if (isSpace(c)) {
                close(i);
            } else {
                take(i, c);
            }
            i += c > 0xFFFF ? 2 : 1;
        }
        close(to);
    }

    private void take(int at, int c) {
        boolean mark = c >= 0x300 && isMark(c);
        boolean single = !mark && Shingles.isWordAlone(c);
        if (single || (alone && !mark)) {
            close(at);
        }
        if (start < 0) {
            start = at;
            alone = single;
        }
        length += bytes(c);
        hash = (hash ^ c) * BASE;
        hash ^= hash >>> 29;
    }

    private void close(int end) {
        if (start < 0) {
            return;
        }
        if (count == starts.length) {
            grow();
        }
        starts[count] = start;
        ends[count] = end;
        lengths[count] = length;
        hashes[count++] = hash;
        start = -1;
        alone = false;
        length = 0;
        hash = 0;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
        lengths = Arrays.copyOf(lengths, 2 * count);
        hashes = Arrays.copyOf(hashes, 2 * count);
    }

    static boolean isSpace(int c) {
        return c < 0x80 ? c == ' ' || Character.isWhitespace(c) : Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Bytes of a code point in UTF-8; half a surrogate pair becomes a question mark there. */
    private static int bytes(int c) {
        if (c < 0x80) {
            return 1;
        }
        if (c < 0x800) {
            return 2;
        }
        return c > 0xFFFF ? 4 : Character.isSurrogate((char) c) ? 1 : 3;
    }

    int count() {
        return count;
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    /** A hash of what a token says; different tokens may share it. */
    long hash(int token) {
        return hashes[token];
    }

    /** Whether something was taken out between this token and the one before. */
    boolean isAfterCut(int token) {
        return afterCut.get(token);
    }

    /** Whether something was taken out between two of these tokens. */
    boolean isCut(int from, int to) {
        int next = afterCut.nextSetBit(from + 1);
        return next >= 0 && next < to;
    }

    /** All tokens in UTF-8 with a space behind each: equal bytes mean equal tokens. */
    byte[] bytes() {
        StringBuilder joined = new StringBuilder(text.length() + count);
        for (int i = 0; i < count; i++) {
            joined.append(text, starts[i], ends[i]).append(' ');
        }
        return joined.toString().getBytes(UTF_8);
    }

    /** Where each token begins in {@link #bytes}, and behind the last its length. */
    int[] offsets() {
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = offsets[i] + lengths[i] + 1;
        }
        return offsets;
    }
}
