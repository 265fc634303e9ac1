package kindling.jobs.bench;

import java.util.Random;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;

/** How fast this process multiplies matrices and copies memory, on one thread: what a training step can reach at most. */
final class Products implements AutoCloseable {
    private static final int SIDE = 1024;
    private static final int WARM_UPS = 3;
    private static final int REPEATS = 12; // the best counts, as in PyTorch's figure beside ours
    private static final int COPIED_ROWS = 16 * SIDE; // 64 MiB: no cache holds them

    private final Arena arena = new Arena();
    private final Matrix left = arena.matrix(SIDE, SIDE); // (n, n)
    private final Matrix right = arena.matrix(SIDE, SIDE); // (n, n)
    private final Matrix result = arena.matrix(SIDE, SIDE); // (n, n)
    private final Matrix source = arena.matrix(COPIED_ROWS, SIDE);
    private final Matrix target = arena.matrix(COPIED_ROWS, SIDE);

    Products() {
        Gemm.oneThread();
        arena.allocate();
        Random random = new Random(1);
        float[] row = new float[SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (Matrix operand : new Matrix[] {left, right}) {
                for (int j = 0; j < SIDE; j++) {
                    row[j] = (float) random.nextGaussian();
                }
                operand.put(i, row);
            }
        }
    }

    /** GFLOP/s of a product of two 1024 x 1024 matrices. */
    double gigaflops() {
        double seconds = best(() ->
                Gemm.nn(SIDE, SIDE, SIDE, 1, left, left.at(0, 0), right, right.at(0, 0), 0, result, result.at(0, 0)));
        return 2.0 * SIDE * SIDE * SIDE / seconds / 1e9;
    }

    /** GB/s that a copy of 64 MiB writes; it reads as many. */
    double gigabytesCopied() {
        double seconds = best(() -> target.copy(source, COPIED_ROWS));
        return (double) COPIED_ROWS * SIDE * Float.BYTES / seconds / 1e9;
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

    @Override
    public void close() {
        arena.close();
    }
}
