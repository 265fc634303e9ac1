package kindling.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kindling.model.tensor.BrainFloat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DtypeTest {
    /** What {@code torch.tensor(x).to(torch.float16).view(torch.int16)} gives. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1, 0x3c00",
        "-2, 0xc000",
        "0.0, 0x0000",
        "-0.0, 0x8000",
        "1.00048828125, 0x3c00", // half way from 1 to the next: the even one
        "1.00146484375, 0x3c02", // half way again, upwards
        "1.00049, 0x3c01",
        "65504, 0x7bff",
        "65519.99, 0x7bff",
        "65520, 0x7c00",
        "-65520, 0xfc00",
        "3e38, 0x7c00",
        "Infinity, 0x7c00",
        "6.1035156e-5, 0x0400",
        "6.0975552e-5, 0x03ff",
        "5.9604645e-8, 0x0001",
        "2.9802322e-8, 0x0000", // half of the smallest: the even one
        "2.9802326e-8, 0x0001",
        "8.940697e-8, 0x0002", // one and a half of it
        "1e-30, 0x0000",
        "0.33333334, 0x3555",
    })
    void roundsToHalfPrecision(float value, String bits) {
        assertThat(Half.bits(value) & 0xffff).isEqualTo(Integer.decode(bits));
    }

    /** What {@code torch.tensor(x).to(torch.bfloat16).view(torch.int16)} gives. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1, 0x3f80",
        "-0.0, 0x8000",
        "1.00390625, 0x3f80", // half way from 1 to the next: the even one
        "1.01171875, 0x3f82", // half way again, upwards
        "1.0039064, 0x3f81",
        "3.3895314e38, 0x7f7f",
        "3.3961775e38, 0x7f80", // half way to what would be next
        "-3.4028235e38, 0xff80",
        "Infinity, 0x7f80",
        "1e-40, 0x0001",
        "0.33333334, 0x3eab",
    })
    void roundsToTheUpperHalfOfAFloat(float value, String bits) {
        assertThat(BrainFloat.bits(value) & 0xffff).isEqualTo(Integer.decode(bits));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7fc00000, 0xffc00000, 0x7f800001, 0x7fffffff})
    void keepsNotANumber(int bits) {
        float value = Float.intBitsToFloat(bits);

        assertThat(Half.value(Half.bits(value))).isNaN();
        assertThat(BrainFloat.value(BrainFloat.bits(value))).isNaN();
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void writesEveryValueItReadsWithTheSameBits(Dtype dtype) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float[] value = new float[1];
            dtype.read(little().putShort(0, (short) bits), value, 0, 1);
            ByteBuffer written = little();
            dtype.write(value, 0, 1, written);
            if (Float.isNaN(value[0])) {
                continue; // quiet or signalling is not kept
            }
            assertThat(written.getShort(0) & 0xffff).isEqualTo(bits);
        }
    }

    /** The slow twin: of all values, the nearest; of two, the one with the even bits. */
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void picksTheNearestValue(Dtype dtype) {
        for (int i = 0; i < 2_000; i++) {
            float value = Float.intBitsToFloat(i * 0x9E3779B9);
            ByteBuffer written = little();
            dtype.write(new float[] {value}, 0, 1, written);
            int bits = written.getShort(0) & 0xffff;
            if (Float.isNaN(value) || (bits & 0x7fff) == 0 || Float.isInfinite(value(dtype, bits))) {
                continue;
            }
            double distance = Math.abs((double) value(dtype, bits) - value);
            for (int other : new int[] {bits - 1, bits + 1}) {
                double further = Math.abs((double) value(dtype, other) - value);
                assertThat(distance < further || (distance == further && bits % 2 == 0))
                        .as("%s to %04x", value, bits)
                        .isTrue();
            }
        }
    }

    private static float value(Dtype dtype, int bits) {
        float[] value = new float[1];
        dtype.read(little().putShort(0, (short) bits), value, 0, 1);
        return value[0];
    }

    @Test
    void writesNoOtherTypes() {
        assertThatThrownBy(() -> Dtype.I64.write(new float[1], 0, 1, little()))
                .hasMessage("floats are written as F32, F16 or BF16, not as I64");
        assertThatThrownBy(() -> Dtype.ofTorch("float64"))
                .hasMessage("dtype is one of float32, float16 and bfloat16, got float64");
    }

    private static ByteBuffer little() {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    }
}
