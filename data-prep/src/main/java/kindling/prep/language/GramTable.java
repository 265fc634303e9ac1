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
    private long[] slots = new long[2 << 10]; // pairs of a gram, 0 = free, and its row: one cache line; open addressing
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
        return Arrays.stream(sums).mapToDouble(sum -> sum / UNITS).toArray();
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
            for (int slot = 0; slot < slots.length; slot += 2) {
                if (slots[slot] != 0 && letters(slots[slot]) == letters) {
                    complete(slots[slot], (int) slots[slot + 1] * languages);
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
        return slots[slot] == 0 ? NONE : (int) slots[slot + 1];
    }

    private int rowForPut(long gram) {
        int slot = slot(gram);
        if (slots[slot] == 0) {
            if (rows * 3 > slots.length) {
                grow();
                slot = slot(gram);
            }
            slots[slot] = gram;
            slots[slot + 1] = rows++;
            if (rows * languages > costs.length) {
                costs = Arrays.copyOf(costs, costs.length * 2);
            }
        }
        return (int) slots[slot + 1];
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (int from = 0; from < old.length; from += 2) {
            if (old[from] != 0) {
                int to = slot(old[from]);
                slots[to] = old[from];
                slots[to + 1] = old[from + 1];
            }
        }
    }

    /** Where a gram is, or where it would go. */
    private int slot(long gram) {
        int mask = slots.length - 2;
        int slot =
                (int) ((gram * 0x9E3779B97F4A7C15L) >>> Long.numberOfLeadingZeros(mask)) & mask; // 2^64 / golden ratio
        while (slots[slot] != 0 && slots[slot] != gram) {
            slot = (slot + 2) & mask;
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
