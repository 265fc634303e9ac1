package kindling.prep.classify;

import java.io.Serializable;

/**
 * Words, and pairs of words that follow each other, as numbers: each is hashed to one of a fixed number of features, so
 * that no vocabulary has to be kept.
 *
 * <p>A word is a run of letters, digits and combining marks; letters count in lower case, digits as 0, so that all
 * years are one word. Every other visible character is a word of its own, and so is each letter of the scripts that
 * write no space between words (Han, kana, Thai, Lao, Khmer, Burmese). A word's hash is FNV-1a over its code points, 32
 * bits; a pair's is {@code first * 116049371 + second}. Both go through the finaliser of MurmurHash3, and the low bits
 * are the feature. Hashes have no sign, as in fastText: a linear model learns what a shared feature is worth.
 *
 * <p>Sources: K. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (ICML 2009); pairs as in
 * A. Joulin et al., "Bag of Tricks for Efficient Text Classification" (EACL 2017), section 2.2.
 *
 * @param buckets number of features, a power of two from {@value #LEAST_BUCKETS} to {@value #MOST_BUCKETS}
 * @param ngram words of the longest run that is a feature: 1 for words alone, 2 for pairs too
 */
public record WordHashing(int buckets, int ngram) implements Serializable {
    public static final int LEAST_BUCKETS = 1 << 10;
    public static final int MOST_BUCKETS = 1 << 18;

    private static final int FNV_BASIS = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;
    private static final int PAIR = 116_049_371; // fastText's; any large odd number would do
    private static final int CHARACTERS_A_FEATURE = 4; // roughly, pairs included: a table's first size
    private static final int FIRST_UNSPACED = 0x0E00; // Thai; every script before it writes space between words
    private static final int[] ASCII = ascii();

    public WordHashing {
        if (buckets < LEAST_BUCKETS || buckets > MOST_BUCKETS || Integer.bitCount(buckets) != 1) {
            throw new IllegalArgumentException("buckets must be a power of two from %d to %d, got %d"
                    .formatted(LEAST_BUCKETS, MOST_BUCKETS, buckets));
        }
        if (ngram < 1 || ngram > 2) {
            throw new IllegalArgumentException("ngram must be 1 (words) or 2 (pairs of words too), got " + ngram);
        }
    }

    /** The features of a text; empty where nothing is visible. */
    public Bag bag(String text) {
        Scan scan = new Scan(text.length());
        for (int i = 0; i < text.length(); ) {
            char unit = text.charAt(i);
            if (unit < ASCII.length) {
                scan.put(ASCII[unit]);
                i++;
            } else {
                int character = text.codePointAt(i);
                scan.put(folded(character));
                i += Character.charCount(character);
            }
        }
        scan.put(0);
        return scan.counts.bag();
    }

    /** The words so far. */
    private final class Scan {
        private final BucketCounts counts;
        private int word = FNV_BASIS;
        private boolean inWord;
        private int previous;
        private boolean hasPrevious;

        Scan(int characters) {
            counts = new BucketCounts(Math.min(buckets, characters / CHARACTERS_A_FEATURE));
        }

        /** @param folded see {@link WordHashing#folded} */
        void put(int folded) {
            if (folded > 0) {
                word = (word ^ folded) * FNV_PRIME;
                inWord = true;
                return;
            }
            if (inWord) {
                endWord();
            }
            if (folded < 0) {
                word = (word ^ -folded) * FNV_PRIME;
                endWord();
            }
        }

        private void endWord() {
            counts.add(mix(word) & (buckets - 1));
            if (hasPrevious && ngram > 1) {
                counts.add(mix(previous * PAIR + word) & (buckets - 1));
            }
            previous = word;
            hasPrevious = true;
            word = FNV_BASIS;
            inWord = false;
        }
    }

    private static int[] ascii() {
        int[] folded = new int[128];
        for (int c = 0; c < folded.length; c++) {
            folded[c] = folded(c);
        }
        return folded;
    }

    /** A character as it counts: above 0 as a part of a word, below 0 as a word of its own, 0 where words end. */
    private static int folded(int character) {
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> Character.toLowerCase(character);
            case Character.LOWERCASE_LETTER, Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> character;
            case Character.OTHER_LETTER, Character.MODIFIER_LETTER -> isUnspaced(character) ? -character : character;
            case Character.DECIMAL_DIGIT_NUMBER -> '0';
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> 0;
            default -> -character;
        };
    }

    private static boolean isUnspaced(int letter) {
        return letter >= FIRST_UNSPACED
                && switch (Character.UnicodeScript.of(letter)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }

    /** The finaliser of MurmurHash3 (A. Appleby): each bit of the hash moves every bit of the result. */
    private static int mix(int hash) {
        int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }
}
