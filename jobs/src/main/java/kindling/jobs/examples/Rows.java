package kindling.jobs.examples;

import java.util.Arrays;
import kindling.model.Batch;

/** The rows of a batch while they are filled: padding that is not predicted, until a row's pieces come. */
final class Rows {
    private final int rows;
    private final int length;
    private final int[] inputs;
    private final int[] targets;
    private final int[] documents;

    /**
     * @param rows B
     * @param length T
     */
    Rows(int rows, int length) {
        this.rows = rows;
        this.length = length;
        inputs = new int[rows * length]; // 0, a valid id: what padding is changes no result
        targets = new int[inputs.length];
        documents = new int[inputs.length];
        Arrays.fill(targets, Batch.IGNORED);
    }

    /** Where in {@link #documents} the numbers of a row start. */
    int start(int row) {
        return row * length;
    }

    /** For each position the number of its document within its row; padding must have one too. */
    int[] documents() {
        return documents;
    }

    /** Puts n + 1 ids, n of them inputs and n of them targets, into n positions from {@code at} on. */
    void put(int[] ids, int at) {
        System.arraycopy(ids, 0, inputs, at, ids.length - 1);
        System.arraycopy(ids, 1, targets, at, ids.length - 1);
    }

    Batch batch() {
        return new Batch(rows, length, inputs, targets, documents);
    }
}
