package kindling.model.train;

import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;

/**
 * The nearest matrix with orthonormal rows or columns, nearly: X becomes a X + (b A + c A A) X with A = X X^T, a few times,
 * after it was divided by its norm.
 *
 * <p>The coefficients are those of Jordan et al. (2024, https://kellerjordan.github.io/posts/muon/): five steps bring singular
 * values between 0.01 and 1 to between 0.7 and 1.2. For a tall X the product stands on its other side, so that A has the size
 * of the shorter side, r: X (rows, columns), A (r, r).
 */
final class NewtonSchulz {

    private static final float A = 3.4445f;
    private static final float B = -4.7750f;
    private static final float C = 2.0315f;

    private final int rows;
    private final int columns;
    private final int r;
    private final Matrix x;
    private final Matrix other;
    private final Matrix square;
    private final Matrix polynomial;

    /**
     * Memory that matrices of all shapes use one after the other.
     *
     * @param x the matrix to make orthogonal
     * @param other as large
     * @param square of the shorter side
     * @param polynomial as large
     */
    record Scratch(Matrix x, Matrix other, Matrix square, Matrix polynomial) {

        /**
         * @param largest values of the largest matrix
         * @param r longest of the shorter sides
         */
        static Scratch reserve(Arena arena, int largest, int r) {
            return new Scratch(
                    arena.matrix(1, largest), arena.matrix(1, largest), arena.matrix(r, r), arena.matrix(r, r));
        }
    }

    /** For matrices of one shape. */
    NewtonSchulz(int rows, int columns, Scratch scratch) {
        this.rows = rows;
        this.columns = columns;
        this.r = Math.min(rows, columns);
        this.x = scratch.x.reshaped(columns);
        this.other = scratch.other.reshaped(columns);
        this.square = scratch.square.reshaped(r);
        this.polynomial = scratch.polynomial.reshaped(r);
    }

    /** Returns scale X made orthogonal, in the scratch memory, where X is too. */
    Matrix run(float scale, int iterations) {
        iterate(x, other, scale);
        Matrix from = other;
        Matrix to = x;
        for (int i = 1; i < iterations; i++) {
            iterate(from, to, 1);
            Matrix swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    private void iterate(Matrix from, Matrix to, float scale) {
        boolean wide = rows <= columns;
        if (wide) {
            Gemm.nt(r, r, columns, scale * scale, from, from.at(0, 0), from, from.at(0, 0), 0, square, square.at(0, 0));
        } else {
            Gemm.tn(r, r, rows, scale * scale, from, from.at(0, 0), from, from.at(0, 0), 0, square, square.at(0, 0));
        }
        polynomial.copy(square, r);
        Gemm.nn(r, r, r, C, square, square.at(0, 0), square, square.at(0, 0), B, polynomial, polynomial.at(0, 0));
        to.copy(from, rows);
        Matrix left = wide ? polynomial : from;
        Matrix right = wide ? from : polynomial;
        Gemm.nn(rows, columns, r, scale, left, left.at(0, 0), right, right.at(0, 0), A * scale, to, to.at(0, 0));
    }
}
