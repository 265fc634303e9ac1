package kindling.model.tensor;

import java.util.Random;

/**
 * How fast this process multiplies matrices and copies memory, on the calling thread: what a training step can reach at most.
 *
 * <pre>{@code
 * MachineRate.gigaflops()   // 95.2 on one core of an AMD EPYC Zen 4; takes a third of a second there
 * }</pre>
 *
 * <p>The best of twelve repeats counts. What runs beside it on other cores takes its part: a machine that will run four
 * replicas is measured by four threads at a time.
 */
public final class MachineRate {
    private static final int SIDE = 1024;
    private static final int WARM_UPS = 3;
    private static final int REPEATS = 12; // the best counts, as in PyTorch's figure beside ours
    private static final int COPIED_ROWS = 16 * SIDE; // 64 MiB: no cache holds them

    private MachineRate() {}

    /**
     * GFLOP/s of a product of two 1024 x 1024 matrices. Takes 12 MiB outside the heap meanwhile.
     *
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public static double gigaflops() {
        try (Arena arena = new Arena()) {
            Matrix left = arena.matrix(SIDE, SIDE); // (n, n)
            Matrix right = arena.matrix(SIDE, SIDE); // (n, n)
            Matrix result = arena.matrix(SIDE, SIDE); // (n, n)
            Gemm.oneThread();
            arena.allocate();
            fill(left, new Random(1));
            fill(right, new Random(2));
            double seconds = best(() -> Gemm.nn(
                    SIDE, SIDE, SIDE, 1, left, left.at(0, 0), right, right.at(0, 0), 0, result, result.at(0, 0)));
            return 2.0 * SIDE * SIDE * SIDE / seconds / 1e9;
        }
    }

    /**
     * GB/s that a copy of 64 MiB writes; it reads as many. Takes 128 MiB outside the heap meanwhile.
     *
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public static double gigabytesCopied() {
        try (Arena arena = new Arena()) {
            Matrix source = arena.matrix(COPIED_ROWS, SIDE);
            Matrix target = arena.matrix(COPIED_ROWS, SIDE);
            arena.allocate();
            double seconds = best(() -> target.copy(source, COPIED_ROWS));
            return (double) COPIED_ROWS * SIDE * Float.BYTES / seconds / 1e9;
        }
    }

    /**
     * GB/s at which so many bytes are read, once each, from the first to the last: what decoding a single text can reach, whose
     * every id needs every weight. Takes as many bytes outside the heap meanwhile.
     *
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public static double gigabytesRead(long bytes) {
        int floats = Math.toIntExact(bytes / Float.BYTES);
        try (Arena arena = new Arena()) {
            Matrix values = arena.matrix(1, floats);
            Gemm.oneThread();
            arena.allocate();
            double seconds = best(() -> Gemm.square(floats, values));
            return (double) floats * Float.BYTES / seconds / 1e9;
        }
    }

    private static void fill(Matrix matrix, Random random) {
        float[] row = new float[SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                row[j] = (float) random.nextGaussian();
            }
            matrix.put(i, row);
        }
    }

    private static double best(Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < WARM_UPS + REPEATS; i++) {
            long start = System.nanoTime();
            work.run();
            best = i < WARM_UPS ? best : Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }
}
