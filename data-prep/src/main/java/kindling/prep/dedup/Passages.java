package kindling.prep.dedup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * All windows of k {@link Tokens} of a text, in few pieces by which equal windows of different texts meet.
 *
 * <p>Runs of k/2 tokens are hashed, and each window takes the smallest hash in it as its seed ("winnowing": S. Schleimer,
 * D. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003, in the robust form of §5.1).
 * Equal windows have equal seeds, so what does not share its seed with anything repeats nothing. Windows in a row that take
 * their seed from the same place are one {@link Stretch}: about 4/k of them for each token, 26 for 350 words at k = 50.
 *
 * <p>Seeds only bring texts together. What is equal is decided by 128 bits of SHA-256 over the tokens, as for whole documents
 * (see {@link Fingerprint}).
 */
public final class Passages {
    private static final int DIGEST_BYTES = 16; // as Fingerprint: 10^12 different ones collide with a chance of 10^-15
    private static final long BASE = 0x9E3779B97F4A7C15L; // odd, so that multiplying loses no bit
    private static final String METHOD = "substring";

    private final Tokens tokens;
    private final int k;
    private final byte[] bytes;
    private final int[] offsets;
    private final MessageDigest sha256;

    /**
     * Windows in a row with the same seed.
     *
     * @param seed equal for equal windows
     * @param digest of all tokens of the windows
     * @param first the first window, by the number of its first token
     * @param count of windows
     * @param joined whether something was taken out between two of its tokens
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way into a row
    public record Stretch(long seed, byte[] digest, int first, int count, boolean joined) {}

    /**
     * Windows in a row that occur before.
     *
     * @param first the first window, by the number of its first token
     * @param count of windows
     * @param keptIn id of the document where they occur first
     * @param keptAt the window there that equals {@code first}
     */
    public record Repeat(int first, int count, String keptIn, int keptAt) {}

    /**
     * @param removed parts of the text that are gone already, in their order: windows lie over the tokens that are left
     * @param k tokens of a window, 2 or more
     */
    public Passages(String text, List<Span> removed, int k) {
        if (k < 2) {
            throw new IllegalArgumentException("a window has >= 2 tokens, got " + k);
        }
        this.tokens = Tokens.of(text, removed);
        this.k = k;
        this.bytes = tokens.bytes();
        this.offsets = tokens.offsets();
        this.sha256 = sha256();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Every window once, in order; none for a text of fewer than k tokens. */
    public List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        int windows = tokens.count() - k + 1;
        if (windows <= 0) {
            return stretches;
        }
        long[] runs = runHashes();
        int width = k - k / 2 + 1; // runs that begin in a window
        int seed = smallest(runs, 0, width);
        int first = 0;
        for (int window = 1; window < windows; window++) {
            int entering = window + width - 1;
            int next = seed < window ? smallest(runs, window, width) : runs[entering] < runs[seed] ? entering : seed;
            if (next != seed) {
                stretches.add(stretch(runs[seed], first, window));
                first = window;
                seed = next;
            }
        }
        stretches.add(stretch(runs[seed], first, windows));
        return stretches;
    }

    /** For each place the hash of the k/2 tokens from there on: Σ token_i · BASE^(n-1-i) mod 2^64, mixed. */
    private long[] runHashes() {
        int n = k / 2;
        long drop = 1;
        for (int i = 0; i < n; i++) {
            drop *= BASE;
        }
        long[] hashes = new long[tokens.count() - n + 1];
        long rolling = 0;
        for (int i = 0; i < tokens.count(); i++) {
            rolling = rolling * BASE + tokens.hash(i) - (i >= n ? tokens.hash(i - n) * drop : 0);
            if (i >= n - 1) {
                hashes[i - n + 1] = MinHash.mix(rolling);
            }
        }
        return hashes;
    }

    /** The last place of the smallest: it stays in later windows for longest. */
    private static int smallest(long[] hashes, int from, int width) {
        int smallest = from;
        for (int i = from + 1; i < from + width; i++) {
            smallest = hashes[i] <= hashes[smallest] ? i : smallest;
        }
        return smallest;
    }

    private Stretch stretch(long seed, int first, int end) {
        int to = end - 1 + k;
        return new Stretch(seed, digest(first, to), first, end - first, tokens.isCut(first, to));
    }

    /** Digest of the window that begins at a token. */
    public byte[] digest(int window) {
        return digest(window, window + k);
    }

    private byte[] digest(int from, int to) {
        sha256.update(bytes, offsets[from], offsets[to] - offsets[from]);
        return Arrays.copyOf(sha256.digest(), DIGEST_BYTES);
    }

    /**
     * The parts of the text that the repeats cover. Where a text repeats itself from within the first occurrence ("ha ha ha …"),
     * the first k tokens stay.
     *
     * @param id of this document
     * @param repeats in any order; the same windows may come twice
     * @return in their order, none overlaps another
     */
    public List<Span> spans(String id, List<Repeat> repeats) {
        String[] keptIn = new String[tokens.count()];
        repeats.stream()
                .sorted(Comparator.comparingInt(Repeat::first).thenComparing(Repeat::keptIn))
                .forEach(repeat -> mark(id, repeat, keptIn));
        List<Span> spans = new ArrayList<>();
        for (int from = 0; from < keptIn.length; ) {
            int to = from + 1;
            while (to < keptIn.length && Objects.equals(keptIn[to], keptIn[from]) && !tokens.isAfterCut(to)) {
                to++;
            }
            if (keptIn[from] != null) {
                spans.add(new Span(tokens.start(from), tokens.end(to - 1), METHOD, keptIn[from]));
            }
            from = to;
        }
        return spans;
    }

    private void mark(String id, Repeat repeat, String[] keptIn) {
        int from = repeat.keptIn.equals(id) ? Math.max(repeat.first, repeat.keptAt + k) : repeat.first;
        for (int token = from; token < repeat.first + repeat.count - 1 + k; token++) {
            if (keptIn[token] == null) {
                keptIn[token] = repeat.keptIn;
            }
        }
    }
}
