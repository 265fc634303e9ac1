package kindling.model;

import java.util.Arrays;

/**
 * B sequences of T positions: the id at each, the id to predict there, and what may be seen from there.
 *
 * <pre>{@code
 * Batch.of(new int[][] {{5, 6, 7}})      // inputs 5 6, targets 6 7, each sees itself and what came before
 *         .withinDocuments(true)         // documents of a row do not see each other
 * }</pre>
 *
 * @param rows B, number of sequences
 * @param length T, positions of each
 * @param inputs (B, T) row-major ids
 * @param targets (B, T) row-major ids, already shifted; {@link #IGNORED} where nothing is to be predicted
 * @param documents (B, T) row-major; the number of the document that a position belongs to: equal numbers side by side are
 *     one document. All 0 where rows are one document, or nobody asked. They change nothing until {@link #withinDocuments}
 * @param positions (B, T) row-major; each position's place for the model, from 0
 * @param mask what each position sees
 */
@SuppressWarnings("ArrayRecordComponent") // ids go straight into inner loops; a batch is never compared
public record Batch(int rows, int length, int[] inputs, int[] targets, int[] documents, int[] positions, Mask mask) {

    /** Target of a position without loss, as in PyTorch's cross-entropy. */
    public static final int IGNORED = -100;

    /**
     * @throws IllegalArgumentException when the arrays are not rows * length long, or that is 0, or the mask is of another
     *     shape
     */
    public Batch {
        if (rows < 1 || length < 1) {
            throw new IllegalArgumentException(
                    "a batch needs at least one row and one position, got " + rows + " x " + length);
        }
        long size = (long) rows * length;
        if (inputs.length != size || targets.length != size || documents.length != size) {
            throw new IllegalArgumentException(
                    "a batch of " + rows + " x " + length + " needs " + size + " inputs, targets and documents, got "
                            + inputs.length + ", " + targets.length + " and " + documents.length);
        }
        if (positions.length != size || mask.rows() != rows || mask.length() != length) {
            throw new IllegalArgumentException("a batch of " + rows + " x " + length + " needs " + size
                    + " places and a mask of that shape, got " + positions.length + " and a mask of " + mask.rows()
                    + " x "
                    + mask.length());
        }
        inputs = inputs.clone();
        targets = targets.clone();
        documents = documents.clone();
        positions = positions.clone();
    }

    /** Rows whose documents are known; every position sees itself and what came before in its row. */
    public Batch(int rows, int length, int[] inputs, int[] targets, int[] documents) {
        this(rows, length, inputs, targets, documents, counted(rows, length), Mask.causal(rows, length));
    }

    /** Rows of one document each, or of which nobody asks. */
    public Batch(int rows, int length, int[] inputs, int[] targets) {
        this(rows, length, inputs, targets, new int[inputs.length]);
    }

    /**
     * Sequences of T + 1 ids each: position t of a row predicts id t + 1 of its sequence.
     *
     * @throws IllegalArgumentException when there is none, they differ in length, or have fewer than two ids
     */
    public static Batch of(int[][] sequences) {
        int rows = sequences.length;
        int length = rows == 0 ? 0 : Math.max(0, sequences[0].length - 1);
        int[] inputs = new int[rows * length];
        int[] targets = new int[inputs.length];
        for (int b = 0; b < rows; b++) {
            if (sequences[b].length != length + 1) {
                throw new IllegalArgumentException("sequences of a batch must have one length, row 0 has "
                        + (length + 1) + " ids, row " + b + " has " + sequences[b].length);
            }
            System.arraycopy(sequences[b], 0, inputs, b * length, length);
            System.arraycopy(sequences[b], 1, targets, b * length, length);
        }
        return new Batch(rows, length, inputs, targets);
    }

    /**
     * Prompts with their completions, for training on the completions only. Each row is prompt + completion, filled
     * up on the right to the longest; filling and prompt are not predicted.
     *
     * @param padId any valid id; what it is changes no result
     * @throws IllegalArgumentException when there is no row, the numbers differ, or no row has two ids
     */
    public static Batch ofPairs(int[][] prompts, int[][] completions, int padId) {
        if (prompts.length != completions.length) {
            throw new IllegalArgumentException("every prompt needs one completion, got " + prompts.length
                    + " prompts and " + completions.length + " completions");
        }
        int length = 0;
        for (int b = 0; b < prompts.length; b++) {
            length = Math.max(length, prompts[b].length + completions[b].length - 1);
        }
        int[] inputs = new int[prompts.length * length];
        int[] targets = new int[inputs.length];
        Arrays.fill(inputs, padId);
        Arrays.fill(targets, IGNORED);
        for (int b = 0; b < prompts.length; b++) {
            int prompt = prompts[b].length;
            int[] ids = Arrays.copyOf(prompts[b], prompt + completions[b].length);
            System.arraycopy(completions[b], 0, ids, prompt, completions[b].length);
            System.arraycopy(ids, 0, inputs, b * length, Math.min(ids.length, length));
            for (int t = Math.max(0, prompt - 1); t + 1 < ids.length; t++) {
                targets[b * length + t] = ids[t + 1];
            }
        }
        return new Batch(prompts.length, length, inputs, targets);
    }

    private static int[] counted(int rows, int length) {
        int[] positions = new int[Math.max(0, rows * length)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i % length;
        }
        return positions;
    }

    /**
     * The same batch with attention kept inside documents: no position sees another document of its row.
     *
     * @param restartPositions whether positions count from 0 in every document, so that each is computed as in a row of its
     *     own; else they run on along the row
     */
    public Batch withinDocuments(boolean restartPositions) {
        Mask seen = mask.withinDocuments(documents);
        return new Batch(rows, length, inputs, targets, documents, restartPositions ? restarted() : positions, seen);
    }

    /** Positions counted from the first of each document. */
    private int[] restarted() {
        int[] restarted = new int[positions.length];
        int start = 0;
        for (int i = 0; i < restarted.length; i++) {
            if (i % length == 0 || documents[i] != documents[i - 1]) {
                start = positions[i];
            }
            restarted[i] = positions[i] - start;
        }
        return restarted;
    }

    /**
     * The same batch with a part at the start of each row that every position sees. Comes before {@link #withPadding} and
     * {@link #withinDocuments}, which take away.
     *
     * @param lengths positions of each row's prefix
     * @throws IllegalArgumentException when there is not one within 0..T for each row
     */
    public Batch withPrefixes(int[] lengths) {
        return new Batch(rows, length, inputs, targets, documents, positions, mask.withPrefixes(lengths));
    }

    /**
     * The same batch with padding at the ends of its rows, which nobody sees and where nothing is predicted. Positions count
     * from 0 at the first that is no padding, so that a row is computed as without it. Comes before {@link
     * #withinDocuments}.
     *
     * @param first of each row, the first position that is no padding
     * @param end of each row, the position after the last that is no padding
     * @throws IllegalArgumentException when there is not one of each within 0..T for each row
     */
    public Batch withPadding(int[] first, int[] end) {
        Mask seen = mask.withoutPadding(first, end);
        int[] predicted = targets.clone();
        int[] moved = positions.clone();
        for (int i = 0; i < moved.length; i++) {
            int t = i % length;
            int row = i / length;
            if (t < first[row] || t >= end[row]) {
                predicted[i] = IGNORED;
            }
            moved[i] = Math.max(0, positions[i] - first[row]);
        }
        return new Batch(rows, length, inputs, predicted, documents, moved, seen);
    }

    /** Number of positions to predict. */
    public int targetCount() {
        int count = 0;
        for (int target : targets) {
            count += target == IGNORED ? 0 : 1;
        }
        return count;
    }
}
