package kindling.model;

import java.util.Arrays;

/**
 * Which keys each query of a batch may see: one run of its own row, from one key up to another.
 *
 * <p>Causal attention, prefixes, documents side by side in one row and padding at its ends, and all of these together,
 * leave every query one run of keys. So a mask is two numbers for each query and never a square of them. A run may be
 * empty, and is then 0 up to 0 wherever it was given: the query sees nothing, and attention gives it zeros.
 *
 * <pre>{@code
 * Mask.causal(1, 4)                                       // 0..0  0..1  0..2  0..3
 *         .withPrefixes(new int[] {2})                    // 0..1  0..1  0..2  0..3
 *         .withinDocuments(new int[] {5, 5, 5, 6})        // 0..1  0..1  0..2  3..3
 * }</pre>
 *
 * <p>The methods build up: prefixes let more be seen, documents and padding less, and what is taken away by one is not
 * given back by another. Prefixes therefore come first.
 *
 * @param rows B, number of sequences
 * @param length T, queries of each, and keys
 * @param from (B, T) row-major; the first key that a query sees, counted within its row
 * @param to (B, T) row-major; the key after the last one that it sees
 */
@SuppressWarnings("ArrayRecordComponent") // bounds go straight into inner loops; a mask is never compared
public record Mask(int rows, int length, int[] from, int[] to) {

    /**
     * @throws IllegalArgumentException when the arrays are not rows * length long, or a run leaves its row
     */
    public Mask {
        long size = (long) rows * length;
        if (from.length != size || to.length != size) {
            throw new IllegalArgumentException("a mask of " + rows + " x " + length + " needs " + size
                    + " runs of keys, got " + from.length + " starts and " + to.length + " ends");
        }
        from = from.clone();
        to = to.clone();
        for (int i = 0; i < size; i++) {
            if (from[i] < 0 || from[i] > to[i] || to[i] > length) {
                throw new IllegalArgumentException("a query's keys must be a run within 0.." + length + ", got "
                        + from[i] + ".." + to[i] + " at position " + i % length + " of row " + i / length);
            }
            if (from[i] == to[i]) {
                from[i] = 0;
                to[i] = 0;
            }
        }
    }

    /** Every position sees itself and what came before. */
    public static Mask causal(int rows, int length) {
        int[] to = new int[Math.max(0, rows * length)];
        for (int i = 0; i < to.length; i++) {
            to[i] = i % length + 1;
        }
        return new Mask(rows, length, new int[to.length], to);
    }

    /** Every position sees its whole row. */
    public static Mask full(int rows, int length) {
        int[] to = new int[Math.max(0, rows * length)];
        Arrays.fill(to, length);
        return new Mask(rows, length, new int[to.length], to);
    }

    /**
     * Every position sees the first {@code lengths[b]} positions of its row too, whatever comes after it there (Raffel et
     * al., 2020, "prefix LM").
     *
     * @throws IllegalArgumentException when there is not one length within 0..T for each row
     * @throws IllegalStateException when documents or padding have been taken away: the run would reach over them
     */
    public Mask withPrefixes(int[] lengths) {
        requireRows("prefix length", lengths);
        requireNothingTaken();
        int[] ends = new int[to.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Math.max(to[i], lengths[i / length]);
        }
        return new Mask(rows, length, from, ends);
    }

    /**
     * No position sees beyond its document.
     *
     * @param documents (B, T) row-major; equal numbers side by side are one document
     * @throws IllegalArgumentException when there is not one number for each position
     */
    public Mask withinDocuments(int[] documents) {
        if (documents.length != from.length) {
            throw new IllegalArgumentException(
                    "a mask of " + from.length + " positions needs as many documents, got " + documents.length);
        }
        int[] first = new int[documents.length];
        int[] end = new int[documents.length];
        for (int i = 0; i < documents.length; i++) {
            boolean begins = i % length == 0 || documents[i] != documents[i - 1];
            first[i] = begins ? i % length : first[i - 1];
        }
        for (int i = documents.length - 1; i >= 0; i--) {
            boolean ends = i % length == length - 1 || documents[i] != documents[i + 1];
            end[i] = ends ? i % length + 1 : end[i + 1];
        }
        return within(first, end);
    }

    /**
     * No position sees padding: what stands before position {@code first[b]} of a row, or from {@code end[b]} on. Padding
     * itself sees what else its place lets it see; with a causal mask, padding before a row sees nothing.
     *
     * @throws IllegalArgumentException when there is not one place within 0..T for each row, or first exceeds end
     */
    public Mask withoutPadding(int[] first, int[] end) {
        requireRows("first position", first);
        requireRows("end", end);
        for (int b = 0; b < rows; b++) {
            if (first[b] > end[b]) {
                throw new IllegalArgumentException(
                        "first position must be <= end, got " + first[b] + " and " + end[b] + " for row " + b);
            }
        }
        int[] firsts = new int[from.length];
        int[] ends = new int[from.length];
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = first[i / length];
            ends[i] = end[i / length];
        }
        return within(firsts, ends);
    }

    private void requireNothingTaken() {
        for (int i = 0; i < from.length; i++) {
            if (from[i] != 0 || to[i] <= i % length) {
                throw new IllegalStateException("prefixes come before documents and padding, but position " + i % length
                        + " of row " + i / length + " sees only keys " + from[i] + " up to " + to[i]);
            }
        }
    }

    private Mask within(int[] first, int[] end) {
        int[] starts = new int[from.length];
        int[] ends = new int[from.length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = Math.max(from[i], first[i]);
            ends[i] = Math.max(starts[i], Math.min(to[i], end[i]));
        }
        return new Mask(rows, length, starts, ends);
    }

    private void requireRows(String what, int[] values) {
        if (values.length != rows) {
            throw new IllegalArgumentException(
                    "a mask of " + rows + " rows needs one " + what + " for each, got " + values.length);
        }
        for (int value : values) {
            if (value < 0 || value > length) {
                throw new IllegalArgumentException(what + " must be 0.." + length + ", got " + value);
            }
        }
    }
}
