package kindling.prep.dedup;

import java.util.Arrays;

/**
 * The runs of n words by which an item of an evaluation set is found again in a corpus. An item of fewer words is one run of all
 * of them; one of fewer than 8 has none, since so few words are no sign that anybody copied.
 *
 * <p>Source: T. Brown et al., "Language Models are Few-Shot Learners" (2020), appendix C: runs of 13 words, of 8 at least.
 *
 * @param words in each run
 * @param hashes sorted and distinct, as {@link Shingles#of} gives them
 */
@SuppressWarnings("ArrayRecordComponent") // on their way into rows
public record ItemGrams(int words, long[] hashes) {
    /** Fewer words are never looked for, unless n itself is smaller. */
    public static final int LEAST_WORDS = 8;

    private static final long[] NONE = {};

    /** @param n words in a run */
    public static ItemGrams of(String item, int n) {
        int words = n;
        long[] hashes = Shingles.of(item, n);
        while (words > 1 && hashes.length == 1) {
            long[] shorter = Shingles.of(item, words - 1);
            if (!Arrays.equals(hashes, shorter)) {
                break; // what has too few words for both is the same run of all its words
            }
            words--;
        }
        return new ItemGrams(words, words < Math.min(n, LEAST_WORDS) ? NONE : hashes);
    }
}
