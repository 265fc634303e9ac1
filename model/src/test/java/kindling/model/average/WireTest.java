package kindling.model.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireTest {
    private static final int SIZE = 3 * Wire.BLOCK + 77;

    @Test
    void float32ArrivesToTheBitAndNeedsNoResidual() {
        float[] values = values(1, SIZE);
        values[5] = Float.NaN;
        values[6] = Float.NEGATIVE_INFINITY;
        values[7] = -0f;

        byte[] sent = Wire.FLOAT32.encode(values, 0, SIZE, null);

        assertThat(sent).hasSize(4 * SIZE);
        assertThat(bits(Wire.FLOAT32.decode(sent))).isEqualTo(bits(values));
        assertThat(Wire.FLOAT32.isExact()).isTrue();
    }

    @Test
    void bfloat16ArrivesWithinA256thOfEachValue() {
        float[] values = values(2, SIZE);
        float[] residual = new float[SIZE];

        byte[] sent = Wire.BFLOAT16.encode(values, 0, SIZE, residual);

        float[] arrived = Wire.BFLOAT16.decode(sent);
        assertThat(sent).hasSize(2 * SIZE);
        for (int i = 0; i < SIZE; i++) {
            assertThat(arrived[i]).isCloseTo(values[i], within(Math.abs(values[i]) / 256));
            assertThat(arrived[i] + residual[i]).isEqualTo(values[i]);
        }
    }

    @Test
    void int8ArrivesWithinA254thOfTheLargestOfItsBlock() {
        float[] values = values(3, SIZE);
        float[] residual = new float[SIZE];

        byte[] sent = Wire.INT8.encode(values, 0, SIZE, residual);

        float[] arrived = Wire.INT8.decode(sent);
        assertThat(sent).hasSize(SIZE + 4 * 4);
        for (int i = 0; i < SIZE; i++) {
            float bound = largest(values, i / Wire.BLOCK) / 254 * (1 + 1e-5f);
            assertThat(arrived[i]).isCloseTo(values[i], within(bound));
            assertThat(residual[i]).isCloseTo(values[i] - arrived[i], within(1e-6f));
        }
    }

    private static float largest(float[] values, int block) {
        float largest = 0;
        for (int i = block * Wire.BLOCK; i < Math.min(values.length, (block + 1) * Wire.BLOCK); i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    /** The largest is 127, so that a code is a value; halves go to the even neighbour. */
    @Test
    void int8WorkedByHand() {
        float[] values = {127, -127, 0.5f, 1.5f, 2.5f, -0.5f, 3.2f};
        float[] residual = new float[values.length];

        float[] arrived = Wire.INT8.decode(Wire.INT8.encode(values, 0, values.length, residual));

        assertThat(arrived).containsExactly(127, -127, 0, 2, 2, 0, 3);
        assertThat(residual).containsExactly(0, 0, 0.5f, -0.5f, 0.5f, -0.5f, 3.2f - 3);
    }

    @Test
    void zerosAndTheSmallestValuesArriveOrStayBehind() {
        float[] values = new float[2 * Wire.BLOCK];
        Arrays.fill(values, Wire.BLOCK, values.length, 60 * Float.MIN_VALUE);
        float[] residual = new float[values.length];

        float[] arrived = Wire.INT8.decode(Wire.INT8.encode(values, 0, values.length, residual));

        for (int i = 0; i < values.length; i++) {
            assertThat(arrived[i] + residual[i]).isEqualTo(values[i]);
        }
    }

    /** Without the residual, what is always rounded down would be lost again in every round. */
    @ParameterizedTest
    @EnumSource
    void overManyRoundsAllThatWasSentArrivesButOneResidual(Wire wire) {
        float[] residual = new float[SIZE];
        double[] sent = new double[SIZE];
        double[] arrived = new double[SIZE];
        float[] drift = values(4, SIZE);

        for (int round = 0; round < 200; round++) {
            float[] values = values(100 + round, SIZE);
            IntStream.range(0, SIZE).forEach(i -> values[i] += drift[i]);
            float[] got = wire.decode(wire.encode(values, 0, SIZE, residual));
            for (int i = 0; i < SIZE; i++) {
                sent[i] += values[i];
                arrived[i] += got[i];
            }
        }

        for (int i = 0; i < SIZE; i++) {
            assertThat(arrived[i] + residual[i]).isCloseTo(sent[i], within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void slicesOfWholeBlocksMakeTheSameBytes(Wire wire) {
        float[] values = values(5, SIZE);
        float[] residual = values(6, SIZE);
        float[] sliced = residual.clone();
        byte[] whole = wire.encode(values, 0, SIZE, residual);

        byte[] first = wire.encode(values, 0, 2 * Wire.BLOCK, sliced);
        byte[] second = wire.encode(values, 2 * Wire.BLOCK, SIZE, sliced);

        assertThat(Arrays.copyOf(whole, first.length)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(whole, first.length, whole.length)).isEqualTo(second);
        assertThat(sliced).isEqualTo(residual);
    }

    @ParameterizedTest
    @EnumSource
    void costsWhatItSays(Wire wire) {
        int many = 64 * Wire.BLOCK;

        byte[] sent = wire.encode(new float[many], 0, many, new float[many]);

        assertThat((double) sent.length / many).isEqualTo(wire.bytesPerValue());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotFiniteArrivesAsThatAndSpoilsNoResidual(Wire wire) {
        for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] values = values(7, SIZE);
            values[3] = broken;
            float[] residual = values(8, SIZE);

            float[] arrived = wire.decode(wire.encode(values, 0, SIZE, residual));

            assertThat(Float.isFinite(arrived[3])).isFalse();
            assertThat(Float.isFinite(arrived[Wire.BLOCK])).isTrue();
            for (float left : residual) {
                assertThat(Float.isFinite(left)).isTrue();
            }
        }
    }

    /** A block has one scale: none of its values is known when one is not. */
    @Test
    void int8BlockWithAValueThatIsNotFiniteHasNoneThatIs() {
        float[] values = values(9, SIZE);
        values[Wire.BLOCK + 3] = Float.POSITIVE_INFINITY;
        float[] residual = values(10, SIZE);
        float[] before = residual.clone();

        float[] arrived = Wire.INT8.decode(Wire.INT8.encode(values, 0, SIZE, residual));

        assertThat(Arrays.copyOfRange(arrived, Wire.BLOCK, 2 * Wire.BLOCK)).containsOnly(Float.NaN);
        assertThat(Arrays.copyOfRange(residual, Wire.BLOCK, 2 * Wire.BLOCK))
                .isEqualTo(Arrays.copyOfRange(before, Wire.BLOCK, 2 * Wire.BLOCK));
    }

    @Test
    void isKnownByItsWord() {
        assertThat(Wire.named("int8")).isEqualTo(Wire.INT8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.named("fp8"))
                .withMessage("wire must be one of [float32, bfloat16, int8], got fp8");
    }

    @Test
    void refusesMissingResidualsAndMissingBytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.INT8.encode(new float[4], 0, 4, new float[3]))
                .withMessage("a wire that rounds needs a residual of >= 4 values, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.BFLOAT16.decode(new byte[3]))
                .withMessage("3 bytes are no values of 2: the contribution is cut off");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.INT8.decode(new byte[Wire.BLOCK + 4 + 4]))
                .withMessageContaining("the contribution is cut off");
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    private static float[] values(long seed, int size) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
