package kindling.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernels against the obvious loops, at lengths around and between the lengths of vectors. */
class RowKernelsTest {

    private static final int LARGEST = 150;
    /** Ten units in the last place of the largest result. */
    private static final float CLOSE = 5e-6f;

    private final ScalarKernels obvious = new ScalarKernels();
    private final VectorKernels fast = new VectorKernels();
    private final SplittableRandom random = new SplittableRandom(7);
    private final float[] x = uniform(6);
    private final float[] y = uniform(2);

    @Test
    void vectorsAreChosenWhereTheModuleIsPresent() {
        assertThat(RowKernels.create()).isInstanceOf(VectorKernels.class);
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 31, 32, 40, 63, 64, 100})
    void reductionsEqualTheObviousLoops(int n) {
        assertThat(fast.max(x, 5, n)).isEqualTo(obvious.max(x, 5, n));
        assertThat(fast.sum(x, 5, n)).isCloseTo(obvious.sum(x, 5, n), within(1e-4f));
        assertThat(fast.dot(x, 5, y, 9, n)).isCloseTo(obvious.dot(x, 5, y, 9, n), within(1e-4f));
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {1, 7, 16, 17, 32, 45, 64, 100})
    void exponentialsEqualTheLibrary(int n) {
        float[] expected = x.clone();
        float[] actual = x.clone();

        float expectedSum = obvious.exp(expected, 3, n, 1.5f);
        float sum = fast.exp(actual, 3, n, 1.5f);

        assertThat(sum).isCloseTo(expectedSum, within(1e-6f * expectedSum));
        for (int i = 0; i < LARGEST; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(3e-7f * Math.abs(expected[i])));
        }
    }

    @Test
    void exponentialIsTheSameInAVectorAndAtTheEndOfARow() {
        float[] whole = x.clone();
        float[] single = x.clone();

        fast.exp(whole, 0, 64, 0.25f);
        for (int i = 0; i < 64; i++) {
            fast.exp(single, i, 1, 0.25f);
        }

        assertThat(single).isEqualTo(whole);
    }

    @Test
    void exponentialStaysFiniteAndPositive() {
        float[] extremes = {-1e30f, -1000, -88, 0, 80, Float.NEGATIVE_INFINITY};

        fast.exp(extremes, 0, extremes.length, 0);

        assertThat(extremes).doesNotContain(Float.POSITIVE_INFINITY, 0f);
        assertThat(extremes[3]).isEqualTo(1f);
    }

    @Test
    void notANumberIsNotHidden() {
        float[] row = new float[20];
        row[2] = Float.NaN;

        assertThat(fast.exp(row, 0, 20, 0)).isNaN();
        assertThat(row[2]).isNaN();
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {1, 15, 16, 33, 75})
    void activationsEqualTheObviousLoops(int n) {
        float[] actual = new float[LARGEST];
        float[] expected = new float[LARGEST];

        fast.gelu(x, actual, n);
        obvious.gelu(x, expected, n);
        assertClose(actual, expected, CLOSE);

        fast.geluGradient(x, y, actual, n);
        obvious.geluGradient(x, y, expected, n);
        assertClose(actual, expected, CLOSE);

        fast.geluErf(x, actual, n);
        obvious.geluErf(x, expected, n);
        assertClose(actual, expected, CLOSE);

        fast.geluErfGradient(x, y, actual, n);
        obvious.geluErfGradient(x, y, expected, n);
        assertClose(actual, expected, CLOSE);

        fast.silu(x, actual, n);
        obvious.silu(x, expected, n);
        assertClose(actual, expected, CLOSE);

        fast.siluGradient(x, y, actual, n);
        obvious.siluGradient(x, y, expected, n);
        assertClose(actual, expected, CLOSE);

        System.arraycopy(x, 0, actual, 0, LARGEST);
        System.arraycopy(x, 0, expected, 0, LARGEST);
        fast.softCap(actual, n, 4);
        obvious.softCap(expected, n, 4);
        assertClose(actual, expected, CLOSE);

        fast.swiglu(x, actual, n);
        obvious.swiglu(x, expected, n);
        assertClose(actual, expected, 1e-5f);

        fast.swigluGradient(x, y, actual, n);
        obvious.swigluGradient(x, y, expected, n);
        assertClose(actual, expected, 1e-5f);
    }

    /** Near 0 too, where the cap changes nothing, and far out, where nothing but the cap is left. */
    @ParameterizedTest(name = "cap {0}")
    @ValueSource(floats = {2, 50, 1e3f, 1e5f})
    void softCapIsRelativelyExact(float cap) {
        float[] values = new float[16 * 40 + 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((i % 2 == 0 ? 1 : -1) * cap * Math.pow(10, random.nextDouble(-6, 2)));
        }
        float[] capped = values.clone();

        fast.softCap(capped, values.length, cap);

        for (int i = 0; i < values.length; i++) {
            double expected = cap * StrictMath.tanh((double) values[i] / cap);
            assertThat((double) capped[i]).as("%s", values[i]).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
        }
        float[] special = {0, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
        fast.softCap(special, 4, cap);
        assertThat(special).containsExactly(0, cap, -cap, Float.NaN);
    }

    @Test
    void exponentialsOutsideTheirRangeAreThoseOfItsEnds() {
        float[] actual = {-1e30f, Float.NEGATIVE_INFINITY, -87.3f, 88.3f, 1e30f, Float.POSITIVE_INFINITY};
        float[] expected = actual.clone();

        fast.exp(actual, 0, actual.length, 0);
        obvious.exp(expected, 0, expected.length, 0);

        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(3e-7f * expected[i]));
            assertThat(actual[i]).isEqualTo(actual[i < 3 ? 2 : 3]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7fc00000, 0x7fc00001, 0x7fffffff, 0xffc00001})
    void exponentialOfNoNumberIsNone(int bits) {
        float[] values = new float[17];
        Arrays.fill(values, Float.intBitsToFloat(bits));

        float sum = fast.exp(values, 0, 17, 0);

        assertThat(sum).isNaN();
        for (float value : values) {
            assertThat(value).isNaN();
        }
    }

    @Test
    void geluOfOneIsWhatItsDefinitionGives() {
        float[] one = {1};

        fast.gelu(one, one, 1);

        assertThat(one[0]).isCloseTo(0.841192f, within(1e-6f));
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {1, 15, 16, 33, 75})
    void normsEqualTheObviousLoops(int n) {
        float[] weights = uniform(1);
        float[] actual = x.clone();
        float[] expected = x.clone();
        float[] actualWeights = y.clone();
        float[] expectedWeights = y.clone();

        assertThat(fast.squares(x, 3, n, 0.5f)).isCloseTo(obvious.squares(x, 3, n, 0.5f), within(1e-3f));
        fast.normalise(actual, n, 0.3f, 0.7f, weights, y);
        obvious.normalise(expected, n, 0.3f, 0.7f, weights, y);
        assertClose(actual, expected, CLOSE);

        for (boolean flag : new boolean[] {false, true}) {
            fast.normGradient(x, 2, y, 1, actual, 0, weights, actualWeights, n, 0.3f, 0.7f, flag, !flag);
            obvious.normGradient(x, 2, y, 1, expected, 0, weights, expectedWeights, n, 0.3f, 0.7f, flag, !flag);
            assertClose(actual, expected, 1e-5f);
            assertClose(actualWeights, expectedWeights, CLOSE);
        }
    }

    /** Values of 0.5 (1 + erf(x / sqrt 2)) to six places, from tables of the normal distribution. */
    @ParameterizedTest(name = "Phi({0}) = {1}")
    @CsvSource({"0, 0.5", "0.5, 0.6914625", "1, 0.8413447", "-1, 0.1586553", "1.96, 0.9750021", "-3, 0.0013499", "6, 1"
    })
    void exactGeluIsTheNormalDistribution(float at, float phi) {
        float[] value = {at};

        fast.geluErf(value, value, 1);

        assertThat(value[0]).isCloseTo(at * phi, within(1e-6f));
    }

    @ParameterizedTest(name = "{0} pairs")
    @ValueSource(ints = {1, 3, 8, 16, 20, 32})
    void rotationEqualsTheObviousLoopAndTurnsBack(int half) {
        float[] cos = new float[LARGEST];
        float[] sin = new float[LARGEST];
        for (int i = 0; i < LARGEST; i++) {
            cos[i] = (float) Math.cos(i);
            sin[i] = (float) Math.sin(i);
        }
        float[] actual = x.clone();
        float[] expected = x.clone();

        fast.rotate(actual, 2, half, cos, sin, 4, 1);
        obvious.rotate(expected, 2, half, cos, sin, 4, 1);
        assertClose(actual, expected, CLOSE);

        fast.rotate(actual, 2, half, cos, sin, 4, -1);
        assertClose(actual, x, CLOSE);
    }

    @ParameterizedTest(name = "keys {0} to {1}")
    @CsvSource({"0, 1", "0, 16", "0, 17", "3, 9", "15, 17", "16, 32", "5, 48", "31, 33", "7, 7", "0, 48"})
    void softmaxOfARunEqualsTheObviousLoop(int from, int to) {
        int at = 16;
        float[] kept = new float[2];
        float[] actual = x.clone();
        float[] expected = x.clone();
        float[] dActual = y.clone();
        float[] dExpected = y.clone();

        obvious.softmax(expected, at, from, to, 48, kept, 0);
        fast.softmax(actual, at, from, to, 48, kept, 0);

        assertClose(actual, expected, 1e-6f);
        for (int i = 0; i < 48; i++) {
            assertThat(actual[at + i] > 0).isEqualTo(i >= from && i < to);
        }

        actual = x.clone();
        expected = x.clone();
        int beside = at + (to < 48 ? to : 48); // not read: what lies there is nobody's
        dActual[beside] = to < 48 ? Float.NaN : y[beside];
        obvious.softmaxGradient(expected, dExpected, at, from, to, 48, kept, 0, 0.5f);
        fast.softmaxGradient(actual, dActual, at, from, to, 48, kept, 0, 0.5f);

        assertClose(actual, expected, 1e-6f);
        assertClose(dActual, dExpected, CLOSE);
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {1, 15, 16, 33, 100})
    void dropoutKeepsTheSameValuesOneByOneAndInVectors(int n) {
        float[] actual = x.clone();
        float[] expected = x.clone();

        fast.dropout(actual, 3, n, 70, 0x12345678, 0x9abcdef0, 1 << 22, 4f / 3);
        obvious.dropout(expected, 3, n, 70, 0x12345678, 0x9abcdef0, 1 << 22, 4f / 3);

        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {1, 15, 16, 33, 75})
    void adamEqualsTheObviousLoopToTheBit(int n) {
        RowKernels.Adam by = new RowKernels.Adam(0.3f, 0.9f, 0.1f, 0.95f, 0.05f, 0.99f, 0.01f, 3f, 1e-8f);
        float[][] actual = {x.clone(), y.clone(), uniform(1), uniform(1)};
        for (int i = 0; i < LARGEST; i++) {
            actual[3][i] *= actual[3][i];
        }
        float[][] expected = {actual[0].clone(), actual[1].clone(), actual[2].clone(), actual[3].clone()};

        fast.adamW(actual[0], actual[1], actual[2], actual[3], n, by);
        obvious.adamW(expected[0], expected[1], expected[2], expected[3], n, by);

        assertThat(actual).isDeepEqualTo(expected);
        assertThat(actual[0][0]).isNotEqualTo(x[0]);
    }

    private static void assertClose(float[] actual, float[] expected, float tolerance) {
        for (int i = 0; i < LARGEST; i++) {
            assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private float[] uniform(double range) {
        float[] values = new float[LARGEST];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-range, range);
        }
        return values;
    }
}
