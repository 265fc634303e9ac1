package kindling.model.tensor;

/**
 * A row-major matrix in an arena. The number of its rows is its owner's knowledge: a plan for many tokens serves a
 * batch with fewer.
 *
 * @param arena holds the values
 * @param offset of the first value
 * @param columns floats from one row to the next
 */
public record Matrix(Arena arena, long offset, int columns) {

    /** Where element (row, column) lies in the arena; what {@link Gemm} takes to work on a part of a matrix. */
    public long at(long row, int column) {
        return offset + row * columns + column;
    }

    /** The same memory read as rows of another length. */
    public Matrix reshaped(int newColumns) {
        return new Matrix(arena, offset, newColumns);
    }

    /** The matrix that starts at this one's row {@code row}. */
    public Matrix from(long row) {
        return new Matrix(arena, at(row, 0), columns);
    }

    /** Copies the start of a row, as much as {@code to} holds. */
    public void get(long row, float[] to) {
        arena.get(at(row, 0), to, 0, to.length);
    }

    /** Copies {@code n} floats from (row, column) on, which may run over ends of rows, to {@code to[start...]}. */
    public void get(long row, int column, float[] to, int start, int n) {
        arena.get(at(row, column), to, start, n);
    }

    /** Sets the start of a row to all of {@code values}. */
    public void put(long row, float[] values) {
        arena.put(at(row, 0), values, 0, values.length);
    }

    /** Sets {@code n} floats from (row, column) on to {@code values[start...]}. */
    public void put(long row, int column, float[] values, int start, int n) {
        arena.put(at(row, column), values, start, n);
    }

    /** Sets the first {@code rows} rows to 0. */
    public void zero(long rows) {
        arena.zero(offset, rows * columns);
    }

    /** Copies the first {@code rows} rows from a matrix of the same width. */
    public void copy(Matrix source, long rows) {
        arena.copy(source.arena, source.offset, offset, rows * columns);
    }
}
