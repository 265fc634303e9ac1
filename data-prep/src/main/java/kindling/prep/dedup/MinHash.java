package kindling.prep.dedup;

import java.util.Arrays;

/**
 * Signatures that agree in as large a share of their places as two sets of shingles do, and bands of them by which
 * similar documents meet.
 *
 * <p>Place i of the signature is the smallest value of the hash function h_i(x) = (a_i·x + b_i mod 2^64) over the set,
 * of which the upper 32 bits are kept; two sets have the same minimum with probability s, their Jaccard similarity
 * (A. Broder, 1997), so with k = bands × rows places the estimate has the standard error √(s(1-s)/k). Multiplication
 * modulo 2^64 with the upper bits kept is 2-universal and about as good as truly random permutations (M. Dietzfelbinger
 * et al., "A Reliable Randomized Algorithm for the Closest-Pair Problem", 1997), since the shingles are mixed already.
 *
 * <p>Two documents share at least one band key with probability 1 - (1 - s^rows)^bands ({@link Banding}).
 * With 14 bands of 8 rows that is .57 at s = .7, .77 at .75, .92 at .8, .99 at .85; with 20 of 13 it is .18, .38, .68,
 * .92. More bands find more, more rows compare less in vain.
 */
public final class MinHash {
    private final int bands;
    private final int rows;
    private final long[] factors;
    private final long[] summands;

    /** As {@link #MinHash(int, int, long)}. */
    public MinHash(Banding banding, long seed) {
        this(banding.bands(), banding.rows(), seed);
    }

    /**
     * @param bands how many keys a document gets, 1 or more
     * @param rows places of the signature per band, 1 or more
     * @param seed chooses the hash functions: only signatures of equal seeds can be compared
     */
    public MinHash(int bands, int rows, long seed) {
        if (bands < 1 || rows < 1) {
            throw new IllegalArgumentException("bands and rows must be >= 1, got " + bands + " and " + rows);
        }
        this.bands = bands;
        this.rows = rows;
        this.factors = new long[bands * rows];
        this.summands = new long[bands * rows];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = mix(mix(seed) + 2L * i) | 1;
            summands[i] = mix(mix(seed) + 2L * i + 1);
        }
    }

    /** The signature of a set of shingles: bands × rows places. That of the empty set is {@code Integer.MAX_VALUE}s. */
    public int[] signature(long[] shingles) {
        long[] minima = new long[factors.length];
        Arrays.fill(minima, Long.MAX_VALUE);
        for (long shingle : shingles) {
            for (int i = 0; i < minima.length; i++) {
                minima[i] = Math.min(minima[i], factors[i] * shingle + summands[i]);
            }
        }
        int[] signature = new int[minima.length];
        for (int i = 0; i < signature.length; i++) {
            signature[i] = (int) (minima[i] >>> 32);
        }
        return signature;
    }

    /** One key per band; equal keys mean equal rows of the same band, but for one chance in 2^64. */
    public long[] bandKeys(int[] signature) {
        requireLength(signature);
        long[] keys = new long[bands];
        for (int band = 0; band < bands; band++) {
            long key = mix(band + 1L);
            for (int row = band * rows; row < (band + 1) * rows; row++) {
                key = mix(key ^ signature[row]);
            }
            keys[band] = key;
        }
        return keys;
    }

    /** The share of equal places: an estimate of the Jaccard similarity, 0 to 1. */
    public double similarity(int[] a, int[] b) {
        requireLength(a);
        requireLength(b);
        int equal = 0;
        for (int i = 0; i < a.length; i++) {
            equal += a[i] == b[i] ? 1 : 0;
        }
        return (double) equal / a.length;
    }

    private void requireLength(int[] signature) {
        if (signature.length != factors.length) {
            throw new IllegalArgumentException("a signature of " + bands + " bands of " + rows + " rows has "
                    + factors.length + " places, got " + signature.length);
        }
    }

    /** All 64 bits depend on all 64 bits (D. Stafford's variant 13 of the MurmurHash3 finaliser, as in SplitMix64). */
    public static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
