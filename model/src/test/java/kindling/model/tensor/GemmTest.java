package kindling.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products on parts of wider matrices, against three loops in double precision. */
class GemmTest {

    private static final int WIDTH = 70;
    private static final int ROWS = 65;
    private static final int COLUMN = 3;

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] a = uniform();
    private final float[] b = uniform();
    private final float[] c = uniform();

    @ParameterizedTest(name = "{0} x {1} x {2}")
    @CsvSource({"1, 1, 1", "5, 7, 3", "16, 16, 16", "64, 64, 32", "1, 40, 64", "33, 1, 17", "60, 61, 62"})
    void productsEqualTheirDefinition(int m, int n, int k) {
        try (Arena arena = new Arena()) {
            Matrix left = arena.matrix(ROWS, WIDTH);
            Matrix right = arena.matrix(ROWS, WIDTH);
            Matrix result = arena.matrix(ROWS, WIDTH);
            arena.allocate();
            Gemm.oneThread();
            left.put(0, a);
            right.put(0, b);
            long leftAt = left.at(0, COLUMN);
            long rightAt = right.at(1, 0);
            long resultAt = result.at(1, COLUMN);

            result.put(0, c);
            Gemm.nn(m, n, k, 0.5f, left, leftAt, right, rightAt, 2, result, resultAt);
            assertEquals(result, m, n, (i, j) -> sum(k, s -> a(i, s) * b(s, j)));

            result.put(0, c);
            Gemm.nt(m, n, k, 0.5f, left, leftAt, right, rightAt, 2, result, resultAt);
            assertEquals(result, m, n, (i, j) -> sum(k, s -> a(i, s) * b(j, s)));

            result.put(0, c);
            Gemm.tn(m, n, k, 0.5f, left, leftAt, right, rightAt, 2, result, resultAt);
            assertEquals(result, m, n, (i, j) -> sum(k, s -> a(s, i) * b(s, j)));
        }
    }

    private interface Element {
        double at(int i, int j);
    }

    private interface Term {
        double of(int s);
    }

    private static double sum(int k, Term term) {
        double sum = 0;
        for (int s = 0; s < k; s++) {
            sum += term.of(s);
        }
        return sum;
    }

    private double a(int row, int column) {
        return a[row * WIDTH + COLUMN + column];
    }

    private double b(int row, int column) {
        return b[(row + 1) * WIDTH + column];
    }

    private void assertEquals(Matrix result, int m, int n, Element product) {
        float[] actual = new float[ROWS * WIDTH];
        result.get(0, actual);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < WIDTH; column++) {
                int i = row - 1;
                int j = column - COLUMN;
                boolean inside = i >= 0 && i < m && j >= 0 && j < n;
                double before = c[row * WIDTH + column];
                double expected = inside ? 0.5 * product.at(i, j) + 2 * before : before;
                assertThat((double) actual[row * WIDTH + column]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    private float[] uniform() {
        float[] values = new float[ROWS * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
