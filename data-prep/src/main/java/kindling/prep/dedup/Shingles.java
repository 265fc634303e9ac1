package kindling.prep.dedup;

import java.util.Arrays;

/** The set of a text's word windows, as 64-bit hashes. */
public final class Shingles {
    private static final long BASE = 0x9E3779B97F4A7C15L; // odd, so that multiplying loses no bit

    private static final int WORD_CATEGORIES = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER
            | 1 << Character.DECIMAL_DIGIT_NUMBER
            | 1 << Character.LETTER_NUMBER
            | 1 << Character.OTHER_NUMBER
            | 1 << Character.NON_SPACING_MARK
            | 1 << Character.COMBINING_SPACING_MARK;

    private final int n;
    private final long[] window; // the last n words, as a ring
    private final long dropFactor; // BASE^n: what the word that leaves the window was multiplied with
    private long rolling;
    private int words;
    private long[] hashes = new long[256];
    private int count;

    private Shingles(int n) {
        this.n = n;
        this.window = new long[n];
        long power = 1;
        for (int i = 0; i < n; i++) {
            power *= BASE;
        }
        this.dropFactor = power;
    }

    /**
     * The sorted, distinct hashes of all runs of n words. Words are runs of letters, numbers of any kind (Unicode general
     * categories L and N), combining marks (Mn and Mc, which belong to the letter before them) and the low line, in lower
     * case; in scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each character is a word. A
     * text of fewer than n words has one shingle of all of them, a text without words none.
     *
     * <p>{@code of("a rose is a rose is a rose", 4)} has 3 elements: a rose is a, rose is a rose, is a rose is.
     *
     * @param n words per shingle, 1 or more; 5 is usual for documents
     */
    public static long[] of(String text, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("words per shingle must be >= 1, got " + n);
        }
        Shingles shingles = new Shingles(n);
        shingles.scan(text);
        return shingles.sorted();
    }

    /** |a ∩ b| / |a ∪ b| of two sorted sets, 0 to 1; 0 if both are empty. */
    public static double jaccard(long[] a, long[] b) {
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        int union = a.length + b.length - shared;
        return union == 0 ? 0 : (double) shared / union;
    }

    /** Two halves of a hash of 128 bits of a set: equal for equal sets, different for others but for one chance in 2^128. */
    public static long[] fingerprint(long[] shingles) {
        long first = shingles.length;
        long second = MinHash.mix(first);
        for (long shingle : shingles) {
            first = MinHash.mix(first ^ shingle);
            second = MinHash.mix(second + BASE * shingle);
        }
        return new long[] {first, second};
    }

    private void scan(String text) {
        long word = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.charAt(i) < 0x80 ? text.charAt(i) : text.codePointAt(i);
            i += c > 0xFFFF ? 2 : 1;
            boolean part = isWordPart(c);
            boolean alone = part && isWordAlone(c);
            if (inWord && (!part || alone)) {
                add(word);
                inWord = false;
            }
            if (alone) {
                add(hash(0, c));
            } else if (part) {
                word = hash(inWord ? word : 0, lower(c));
                inWord = true;
            }
        }
        if (inWord) {
            add(word);
        }
    }

    /** Sigma has two small letters, one for the ends of words. */
    private static int lower(int c) {
        return c == 'ς' ? 'σ' : Character.toLowerCase(c);
    }

    private static long hash(long word, int c) {
        long mixed = (word ^ c) * BASE;
        return mixed ^ mixed >>> 29;
    }

    private static boolean isWordPart(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        }
        return (WORD_CATEGORIES >>> Character.getType(c) & 1) != 0;
    }

    /** Whether a character is a word by itself, as in scripts that are written without spaces. */
    static boolean isWordAlone(int c) {
        return c >= 0x0E00
                && (c <= 0x0EFF // Thai, Lao
                        || (c >= 0x1000 && c <= 0x109F) // Burmese
                        || (c >= 0x1780 && c <= 0x17FF) // Khmer
                        || (c >= 0x3040 && c <= 0x30FF) // Hiragana, Katakana
                        || Character.isIdeographic(c));
    }

    /** The hash of a window is Σ word_i · BASE^(n-1-i) mod 2^64, which can roll, and then mixes all its bits. */
    private void add(long word) {
        int slot = words % n;
        rolling = rolling * BASE + word - (words >= n ? window[slot] * dropFactor : 0);
        window[slot] = word;
        words++;
        if (words >= n) {
            put(MinHash.mix(rolling));
        }
    }

    private void put(long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
    }

    private long[] sorted() {
        if (words > 0 && words < n) {
            put(MinHash.mix(rolling));
        }
        Arrays.sort(hashes, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[distinct++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, distinct);
    }
}
