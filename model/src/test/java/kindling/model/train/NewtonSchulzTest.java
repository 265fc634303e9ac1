package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the same steps in double precision, and against what orthogonal means. */
class NewtonSchulzTest {

    private static final int ITERATIONS = 5;

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({"12, 12", "8, 30", "30, 8", "1, 7", "7, 1"})
    void equalsItsTwinInDoublePrecision(int rows, int columns) {
        float[] x = normal(rows * columns, 3);

        float[] actual = orthogonal(x, rows, columns);

        double[][] expected = Orthogonal.of(x, rows, columns, ITERATIONS);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat((double) actual[i * columns + j]).isCloseTo(expected[i][j], within(2e-4));
            }
        }
    }

    /** All singular values lie in a band around 1: no direction is stretched or shrunk by more. */
    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({"8, 30", "30, 8", "16, 40"})
    void noDirectionChangesItsLengthMuch(int rows, int columns) {
        float[] o = orthogonal(normal(rows * columns, 4), rows, columns);
        int r = Math.min(rows, columns);

        for (int seed = 0; seed < 50; seed++) {
            float[] direction = normal(r, 100 + seed);
            double before = 0;
            double after = 0;
            for (int i = 0; i < r; i++) {
                before += (double) direction[i] * direction[i];
            }
            for (int j = 0; j < Math.max(rows, columns); j++) {
                double image = 0;
                for (int i = 0; i < r; i++) {
                    image += direction[i] * (rows <= columns ? o[i * columns + j] : o[j * columns + i]);
                }
                after += image * image;
            }
            assertThat(Math.sqrt(after / before)).isBetween(0.65, 1.25);
        }
    }

    @ParameterizedTest(name = "scale {0}")
    @CsvSource({"1e-12", "1e-3", "1e6"})
    void sizeOfTheMatrixDoesNotMatter(float scale) {
        float[] x = normal(60, 5);
        float[] scaled = x.clone();
        for (int i = 0; i < x.length; i++) {
            scaled[i] *= scale;
        }

        float[] plain = orthogonal(x, 6, 10);
        float[] actual = orthogonal(scaled, 6, 10);

        // 1e-7 is added to the norm, as Jordan does: below it, directions shrink.
        if (scale > 1e-6) {
            assertThat(actual).containsExactly(plain, within(2e-3f));
        } else {
            assertThat(actual[0]).isFinite();
        }
    }

    private static float[] orthogonal(float[] x, int rows, int columns) {
        Gemm.oneThread();
        int r = Math.min(rows, columns);
        try (Arena arena = new Arena()) {
            NewtonSchulz.Scratch scratch = NewtonSchulz.Scratch.reserve(arena, rows * columns + 5, r + 2);
            arena.allocate();
            scratch.x().put(0, x);
            double squares = 0;
            for (float value : x) {
                squares += (double) value * value;
            }
            Matrix result =
                    new NewtonSchulz(rows, columns, scratch).run((float) (1 / (Math.sqrt(squares) + 1e-7)), ITERATIONS);
            float[] values = new float[x.length];
            result.get(0, values);
            return values;
        }
    }

    private static float[] normal(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
        }
        return values;
    }
}
