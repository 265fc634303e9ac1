package kindling.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with packed matrices against their definition, and against themselves among other rows. */
class PanelsTest {
    private static final int MOST = 20;

    private final Random random = new Random(1);

    @ParameterizedTest(name = "{0} outputs, {1} inputs, {2}")
    @CsvSource({
        "1, 1, FLOAT32",
        "48, 64, FLOAT32",
        "49, 33, FLOAT32",
        "96, 7, FLOAT32",
        "130, 200, FLOAT32",
        "50, 1100, FLOAT32",
        "800, 3, FLOAT32",
        "1, 1, INT8",
        "49, 33, INT8",
        "800, 300, INT8"
    })
    void aRowIsTheSameAmongAnyOthersAndWithVectorsOfAnyWidth(int outputs, int inputs, Precision precision) {
        float[] theta = uniform(3 + outputs * inputs);
        PackedMatrix w = PackedMatrix.of(theta, 3, outputs, inputs, precision);
        try (Arena arena = new Arena()) {
            Matrix x = arena.matrix(MOST, inputs);
            arena.allocate();
            x.put(0, 0, uniform(MOST * inputs), 0, MOST * inputs);
            float[][] expected = product(new ScalarKernels(), x, 0, MOST, w);
            for (int count = 1; count <= MOST; count++) {
                int first = MOST - count;

                float[][] actual = product(new VectorKernels(), x, first, count, w);

                for (int row = 0; row < count; row++) {
                    assertThat(actual[row]).containsExactly(expected[first + row]);
                }
            }
            float[] last = new float[inputs];
            w.row(outputs - 1, last);
            assertThat(expected[2][outputs - 1]).isEqualTo(sum(x, 2, last), within(1e-5f));
        }
    }

    private static float[][] product(RowKernels kernels, Matrix x, int first, int count, PackedMatrix w) {
        float[][] y = new float[count][w.outputs()];
        new Panels(MOST, w.inputs(), 0, kernels).multiply(x, first, count, w, y);
        return y;
    }

    private static float sum(Matrix x, int row, float[] w) {
        float[] values = new float[x.columns()];
        x.get(row, values);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * w[i];
        }
        return (float) sum;
    }

    @Test
    void addsTheBiasAndWhatIsThere() {
        PackedMatrix w = PackedMatrix.of(uniform(6), 0, 2, 3, Precision.FLOAT32);
        try (Arena arena = new Arena()) {
            Matrix x = arena.matrix(2, 3);
            Matrix y = arena.matrix(2, 5);
            arena.allocate();
            x.put(0, 0, uniform(6), 0, 6);
            Panels panels = new Panels(2, 3, 2, RowKernels.create());
            float[] product = new float[5];
            float[] biased = new float[5];
            float[] both = new float[5];

            panels.multiply(x, 2, w, new float[2], y);
            y.get(1, product);
            panels.multiply(x, 2, w, new float[] {3, 4}, y);
            y.get(1, biased);
            panels.add(y, x, 2, w, new float[2], y);
            y.get(1, both);

            assertThat(biased).containsExactly(product[0] + 3, product[1] + 4, 0, 0, 0);
            assertThat(both).containsExactly(product[0] + biased[0], product[1] + biased[1], 0, 0, 0);
        }
    }

    @Test
    void givesItsRowsBack() {
        float[] theta = uniform(50 * 7);
        PackedMatrix w = PackedMatrix.of(theta, 0, 50, 7, Precision.FLOAT32);
        float[] row = new float[7];
        for (int output = 0; output < 50; output++) {
            w.row(output, row);

            for (int i = 0; i < 7; i++) {
                assertThat(row[i]).isEqualTo(theta[output * 7 + i]);
            }
        }
    }

    @Test
    void aByteIsWithinHalfAStepOfItsWeight() {
        float[] theta = uniform(50 * 7);
        Arrays.fill(theta, 7, 14, 0f);
        PackedMatrix w = PackedMatrix.of(theta, 0, 50, 7, Precision.INT8);
        float[] row = new float[7];
        for (int output = 0; output < 50; output++) {
            float step = 0;
            for (int i = 0; i < 7; i++) {
                step = Math.max(step, Math.abs(theta[output * 7 + i]) / 127);
            }

            w.row(output, row);

            for (int i = 0; i < 7; i++) {
                assertThat(row[i]).isEqualTo(theta[output * 7 + i], within(step * 0.5001f));
            }
        }
    }

    @ParameterizedTest(name = "width {0}")
    @ValueSource(ints = {1, 6, 16, 22, 64, 70, 150})
    void mixesRowsWithTheSameBitsOnAnyVectors(int width) {
        float[] p = uniform(40);
        float[] v = uniform(40 * (width + 5) + 2);
        float[] actual = new float[width + 3];
        float[] expected = new float[width + 3];

        new VectorKernels().mix(p, 37, v, 2, width + 5, actual, 3, width);
        new ScalarKernels().mix(p, 37, v, 2, width + 5, expected, 3, width);

        assertThat(actual).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 4", "4, 4", "5, 5", "6, 8", "8, 8", "17, 17", "19, 20", "31, 32"})
    void fillsUpToWholeTiles(int count, int filled) {
        assertThat(new Panels(1, 1, 1, new ScalarKernels()).filled(count)).isEqualTo(filled);
    }

    private float[] uniform(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
