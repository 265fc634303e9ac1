package kindling.model.train;

import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/** Sums of squares, in double from one piece to the next: what a norm is the root of. */
final class Squares {

    private static final int PIECE = AdamWRule.PIECE;

    private final RowKernels kernels;
    private final float[] piece = new float[PIECE];

    Squares(RowKernels kernels) {
        this.kernels = kernels;
    }

    /** Of the first {@code size} values. */
    double of(Matrix values, int size) {
        double squares = 0;
        for (long at = 0; at < size; at += PIECE) { // an int would overflow after the last piece
            int n = (int) Math.min(PIECE, size - at);
            values.get(0, (int) at, piece, 0, n);
            squares += kernels.dot(piece, 0, piece, 0, n);
        }
        return squares;
    }

    /** Of all values. */
    double of(float[] values) {
        double squares = 0;
        for (long at = 0; at < values.length; at += PIECE) {
            int n = (int) Math.min(PIECE, values.length - at);
            squares += kernels.dot(values, (int) at, values, (int) at, n);
        }
        return squares;
    }
}
