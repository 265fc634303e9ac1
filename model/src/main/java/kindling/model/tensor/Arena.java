package kindling.model.tensor;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * One flat off-heap block of floats. Tensors are offsets in it: reserve them all, then {@link #allocate} once.
 *
 * <pre>{@code
 * try (Arena arena = new Arena()) {
 *     Matrix x = arena.matrix(2, 3);
 *     arena.allocate();
 *     x.put(0, new float[] {1, 2, 3});
 * }
 * }</pre>
 *
 * <p>The owner of the memory is a JavaCPP {@link FloatPointer} and not an ND4J buffer: the block needs nothing of ND4J,
 * whose native backend takes 1.0 s and 74 MB to start in every JVM, against 0.4 s and 28 MB for OpenBLAS with its first
 * product (one core of an AMD EPYC Zen 4). It is freed by {@link #close}, or by garbage collection where close was
 * forgotten.
 *
 * <p>Belongs to one thread: the cursors that {@link Gemm} moves are its state.
 */
public final class Arena implements AutoCloseable {

    /** Windows start every 2^27 floats and are twice as long: a run of up to 2^27 floats lies inside one of them. */
    private static final int WINDOW_BITS = 27;

    private static final long WINDOW = 1L << WINDOW_BITS;
    /** 64 bytes: a tensor that starts a cache line is read with aligned vectors. */
    private static final long ALIGNMENT = 16;
    /** More than any machine has; keeps sums of bytes inside a long. */
    private static final long MOST_FLOATS = 1L << 56;

    private long size;
    private FloatPointer memory;
    private FloatBuffer[] windows;
    // One cursor for each operand of a product, moved instead of made anew: no garbage per call.
    private FloatPointer left;
    private FloatPointer right;
    private FloatPointer result;
    // memset and memcpy count positions in bytes.
    private BytePointer source;
    private BytePointer target;

    /**
     * Reserves a row-major matrix, aligned to a cache line. It can be used after {@link #allocate}.
     *
     * @throws IllegalStateException when the arena is allocated already
     * @throws IllegalArgumentException when no machine has so much memory
     */
    public Matrix matrix(long rows, int columns) {
        if (memory != null) {
            throw new IllegalStateException("the arena is allocated: reserve every matrix before");
        }
        if (columns > 0 && rows > (MOST_FLOATS - size) / columns) {
            throw new IllegalArgumentException("no machine has memory for " + rows + " x " + columns
                    + " more floats: lower the batch size, the sequence length or the model");
        }
        Matrix matrix = new Matrix(this, size, columns);
        size += (rows * columns + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return matrix;
    }

    /** Bytes reserved so far. */
    public long bytes() {
        return size * Float.BYTES;
    }

    /**
     * Takes the memory, filled with zeros.
     *
     * @return this arena
     * @throws IllegalStateException when there is not enough memory, naming the amount and the settings that bound it
     */
    public Arena allocate() {
        memory = pointer();
        left = new FloatPointer(memory);
        right = new FloatPointer(memory);
        result = new FloatPointer(memory);
        source = new BytePointer(memory);
        target = new BytePointer(memory);
        windows = new FloatBuffer[(int) ((size + WINDOW - 1) / WINDOW)];
        for (int i = 0; i < windows.length; i++) {
            long start = i * WINDOW;
            FloatPointer view = new FloatPointer(memory);
            windows[i] = view.position(start)
                    .limit(Math.min(size, start + 2 * WINDOW))
                    .asBuffer();
        }
        zero(0, size);
        return this;
    }

    private FloatPointer pointer() {
        try {
            return new FloatPointer(Math.max(size, ALIGNMENT));
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "no " + bytes()
                            + " bytes of memory outside the heap: lower the batch size or the model, or raise -Xmx "
                            + "(which JavaCPP takes as the limit unless -Dorg.bytedeco.javacpp.maxbytes is given)",
                    e);
        }
    }

    /** Copies {@code n} floats from {@code offset} to {@code to[from...]}. */
    void get(long offset, float[] to, int from, int n) {
        for (long done = 0; done < n; done += WINDOW) { // an int would overflow in the last window
            long at = offset + done;
            windows[(int) (at >>> WINDOW_BITS)].get(
                    (int) (at & (WINDOW - 1)), to, (int) (from + done), (int) Math.min(n - done, WINDOW));
        }
    }

    /** Copies {@code n} floats from {@code values[from...]} to {@code offset}. */
    void put(long offset, float[] values, int from, int n) {
        for (long done = 0; done < n; done += WINDOW) {
            long at = offset + done;
            windows[(int) (at >>> WINDOW_BITS)].put(
                    (int) (at & (WINDOW - 1)), values, (int) (from + done), (int) Math.min(n - done, WINDOW));
        }
    }

    /** Sets {@code n} floats from {@code offset} to 0. */
    void zero(long offset, long n) {
        check(offset, n);
        Pointer.memset(target.position(offset * Float.BYTES), 0, n * Float.BYTES);
    }

    /** Copies {@code n} floats at {@code offset} of another arena to {@code to} of this one. */
    void copy(Arena other, long offset, long to, long n) {
        other.check(offset, n);
        check(to, n);
        Pointer.memcpy(target.position(to * Float.BYTES), other.source.position(offset * Float.BYTES), n * Float.BYTES);
    }

    private void check(long offset, long n) {
        if (offset < 0 || n < 0 || offset + n > size) {
            throw new IndexOutOfBoundsException(
                    "floats " + offset + ".." + (offset + n) + " of an arena of " + size + " floats");
        }
    }

    FloatPointer left(long offset) {
        return left.position(offset);
    }

    FloatPointer right(long offset) {
        return right.position(offset);
    }

    FloatPointer result(long offset) {
        return result.position(offset);
    }

    /** Gives the memory back; every later use of its matrices fails. */
    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            windows = null;
            left = null;
            right = null;
            result = null;
            source = null;
            target = null;
        }
    }
}
