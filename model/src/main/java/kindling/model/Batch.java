package kindling.model;

import java.util.Arrays;

/**
 * B sequences of T positions: the id at each, and the id to predict there.
 *
 * <pre>{@code
 * Batch.of(new int[][] {{5, 6, 7}})      // inputs 5 6, targets 6 7
 * }</pre>
 *
 * @param rows B, number of sequences
 * @param length T, positions of each
 * @param inputs (B, T) row-major ids
 * @param targets (B, T) row-major ids, already shifted; {@link #IGNORED} where nothing is to be predicted
 * @param documents (B, T) row-major; the number of the document within its row that a position belongs to, never falling along
 *     a row: positions with one number may attend to each other. All 0 where rows are one document, or nobody asked
 */
@SuppressWarnings("ArrayRecordComponent") // ids go straight into inner loops; a batch is never compared
public record Batch(int rows, int length, int[] inputs, int[] targets, int[] documents) {

    /** Target of a position without loss, as in PyTorch's cross-entropy. */
    public static final int IGNORED = -100;

    /**
     * @throws IllegalArgumentException when the arrays are not rows * length long, or that is 0
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
        inputs = inputs.clone();
        targets = targets.clone();
        documents = documents.clone();
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

    /** Number of positions to predict. */
    public int targetCount() {
        int count = 0;
        for (int target : targets) {
            count += target == IGNORED ? 0 : 1;
        }
        return count;
    }
}
