package kindling.prep.language;

import java.util.Arrays;
import java.util.List;

/**
 * What a letter costs after the ones before it, in each of some languages.
 *
 * <p>A cost is −ln P(letter | letters before it) in units of 1/{@value #UNITS} nat, 1 to 255. A language that never has a run of
 * letters is charged for the run without its first letter, and a fine (T. Brants and others, "Large Language Models in Machine
 * Translation", EMNLP 2007, section 4: "stupid backoff"). That is worked out once, so that a letter of a text costs one look-up
 * and one addition a language.
 *
 * <p>A gram is a run of one to four UTF-16 letters, 16 bits each, the last one lowest: they fit into a long without loss.
 */
final class GramTable {
    /** Letters of the longest gram. */
    static final int LONGEST = 4;

    private static final double UNITS = 12;
    private static final int FINE = 12; // 1 nat; 0.5 to 1.5 give the same accuracy, 4 less
    private static final int UNSEEN_LETTER = 180; // 15 nats: less often than once in 3 million
    private static final int DEAREST = 255;
    private static final int NONE = -1;

    private final List<String> codes;
    private final int languages;
    private final long longest; // mask of the letters of the longest gram
    private long[] grams = new long[1 << 10]; // open addressing, 0 = free
    private int[] rowOf = new int[1 << 10];
    private byte[] costs;
    private int rows;

    /** A table of grams of up to four letters for some languages. */
    GramTable(List<String> codes, int letters) {
        this.codes = codes;
        this.languages = codes.size();
        this.longest = -1L >>> (64 - 16 * letters);
        this.costs = new byte[languages << 10];
        Arrays.fill(costs, 0, languages, (byte) UNSEEN_LETTER);
        this.rows = 1; // row 0: a letter that no language has
    }

    /** ISO 639-1, in the order of {@link #costs}. */
    List<String> codes() {
        return codes;
    }

    /** What words with blanks between them cost in each language, in nats. */
    double[] costs(CharSequence words) {
        int[] sums = new int[languages];
        long gram = 0;
        for (int i = 0; i < words.length(); i++) {
            char letter = words.charAt(i);
            gram = letter == ' ' ? 0 : (gram << 16 | letter) & longest;
            if (gram != 0) {
                add(row(gram) * languages, sums);
            }
        }
        double[] nats = new double[languages];
        Arrays.setAll(nats, language -> sums[language] / UNITS);
        return nats;
    }

    private void add(int from, int[] sums) {
        for (int language = 0; language < sums.length; language++) {
            sums[language] += costs[from + language] & 0xff;
        }
    }

    /** The row of a gram, or of the longest end of it that any language has. */
    private int row(long gram) {
        long known = gram;
        int row = find(known);
        while (row == NONE && known > 0xffff) {
            known = withoutFirst(known);
            row = find(known);
        }
        return Math.max(0, row);
    }

    /** Says how likely the last letter of a gram is in a language, given those before it. */
    void put(long gram, int language, double probability) {
        int row = rowForPut(gram); // may move the costs
        long units = Math.round(-Math.log(probability) * UNITS);
        costs[row * languages + language] = (byte) Math.max(1, Math.min(DEAREST, units));
    }

    /** Works out what languages pay for grams that they never have: call once, after the last {@link #put}. */
    void complete() {
        costs = Arrays.copyOf(costs, rows * languages);
        for (int letters = 1; letters <= LONGEST; letters++) {
            for (int slot = 0; slot < grams.length; slot++) {
                if (grams[slot] != 0 && letters(grams[slot]) == letters) {
                    complete(grams[slot], rowOf[slot] * languages);
                }
            }
        }
    }

    private void complete(long gram, int at) {
        int shorter = letters(gram) == 1 ? 0 : row(withoutFirst(gram)) * languages;
        int fine = letters(gram) == 1 ? 0 : FINE;
        for (int language = 0; language < languages; language++) {
            if (costs[at + language] == 0) {
                int cost = Byte.toUnsignedInt(costs[shorter + language]) + fine;
                costs[at + language] = (byte) Math.min(DEAREST, cost);
            }
        }
    }

    private int find(long gram) {
        int slot = slot(gram);
        return grams[slot] == 0 ? NONE : rowOf[slot];
    }

    private int rowForPut(long gram) {
        int slot = slot(gram);
        if (grams[slot] == 0) {
            if (rows > grams.length * 0.7) {
                grow();
                slot = slot(gram);
            }
            grams[slot] = gram;
            rowOf[slot] = rows++;
            if (rows * languages > costs.length) {
                costs = Arrays.copyOf(costs, costs.length * 2);
            }
        }
        return rowOf[slot];
    }

    private void grow() {
        long[] oldGrams = grams;
        int[] oldRows = rowOf;
        grams = new long[oldGrams.length * 2];
        rowOf = new int[grams.length];
        for (int old = 0; old < oldGrams.length; old++) {
            if (oldGrams[old] != 0) {
                int slot = slot(oldGrams[old]);
                grams[slot] = oldGrams[old];
                rowOf[slot] = oldRows[old];
            }
        }
    }

    private int slot(long gram) {
        int mask = grams.length - 1;
        int slot = (int) ((gram * 0x9E3779B97F4A7C15L) >>> 32) & mask; // 2^64 / golden ratio
        while (grams[slot] != 0 && grams[slot] != gram) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    static int letters(long gram) {
        return (Long.SIZE + 15 - Long.numberOfLeadingZeros(gram)) / 16;
    }

    private static long withoutFirst(long gram) {
        return gram & (-1L >>> (Long.SIZE - 16 * (letters(gram) - 1)));
    }
}
