package kindling.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
    @Test
    void readsEveryDtypeOfTheReferenceFile() {
        for (Path folder : Golden.cases("safetensors-files")) {
            JsonNode expected = Golden.json(folder, "case.json").get("dtypes.safetensors");

            Map<String, SafeTensors.Tensor> tensors = Golden.tensors(folder, "dtypes.safetensors");

            assertThat(tensors).hasSize(expected.size());
            expected.properties().forEach(field -> {
                SafeTensors.Tensor tensor = tensors.get(field.getKey());
                int[] shape = Golden.ints(field.getValue().get("shape"));
                double[] values = Golden.doubles(field.getValue().get("values"));
                assertThat(tensor.shape())
                        .containsExactly(Arrays.stream(shape).asLongStream().toArray());
                assertThat(tensor.values()).hasSize(values.length);
                for (int i = 0; i < values.length; i++) {
                    double value = field.getValue().get("values").get(i).isBoolean()
                            ? (field.getValue().get("values").get(i).asBoolean() ? 1 : 0)
                            : values[i];
                    assertThat(tensor.values()[i]).as(field.getKey()).isEqualTo((float) value);
                }
            });
        }
    }

    @Test
    void refusesEveryHostileFileWithAReason() {
        for (Path folder : Golden.cases("safetensors-files")) {
            Golden.json(folder, "case.json").get("must_be_refused").fieldNames().forEachRemaining(file -> {
                assertThatThrownBy(() -> {
                            try (InputStream in = Files.newInputStream(folder.resolve(file))) {
                                SafeTensors.read(in);
                            }
                        })
                        .as(file)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("not a valid safetensors file: ");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | Duplicate field 'a'",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | leaving a hole after 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,0]}} | negative length",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4294967296,4294967296],\"data_offsets\":[0,0]}} | overflow",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}} | VALUE_NUMBER_FLOAT",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}} | out of range",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | needs a dtype, a shape and data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}} | unknown field \"x\"",
                "{\"__metadata__\":{\"format\":1}} | expected VALUE_STRING",
                "[] | does not begin with {",
                "{} {} | not one JSON object",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | bytes follow the last tensor",
                "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}} | no exact float",
            })
    void saysWhatIsWrongWithAHeader(String header, String reason) {
        byte[] data = new byte[8];
        data[0] = 1;
        data[4] = 2;

        assertThatThrownBy(() -> SafeTensors.read(file(header, data)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void doesNotReserveWhatAHeaderOnlyClaims() {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[2147483000],\"data_offsets\":[0,2147483000]}}";

        assertThatThrownBy(() -> SafeTensors.read(file(header, new byte[100])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends inside tensor \"a\"");
    }

    @Test
    void refusesAHeaderThatNestsDeeply() {
        assertThatThrownBy(() -> SafeTensors.read(file("{\"a\":" + "[".repeat(1_000_000), new byte[0])))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsBackWhatItWrote(long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z/\"quoted\" ключ", tensor(random, 3, 5));
        tensors.put("a", tensor(random, 40_000 + random.nextInt(100)));
        tensors.put("scalar", tensor(random));
        tensors.put("empty", tensor(random, 0, 3));

        byte[] file = bytes(tensors);
        Map<String, SafeTensors.Tensor> read = SafeTensors.read(new ByteArrayInputStream(file));

        tensors.forEach((name, tensor) -> {
            assertThat(read.get(name).shape()).containsExactly(tensor.shape());
            assertThat(read.get(name).values()).containsExactly(tensor.values());
        });
        assertThat(bytes(read)).isEqualTo(file);
        assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
    }

    @Test
    void refusesAFileThatIsCutAnywhere() throws IOException {
        byte[] file = bytes(Map.of("a", tensor(new Random(7), 2, 3)));

        for (int length = 0; length < file.length; length++) {
            InputStream cut = new ByteArrayInputStream(file, 0, length);
            assertThatThrownBy(() -> SafeTensors.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x3c00, 1",
        "0xc000, -2",
        "0x0001, 5.9604645e-8",
        "0x8001, -5.9604645e-8",
        "0x0400, 6.1035156e-5",
        "0x7bff, 65504",
        "0x7c00, Infinity",
        "0xfc00, -Infinity",
        "0x8000, -0.0",
    })
    void convertsHalfPrecision(String bits, float expected) throws IOException {
        int half = Integer.decode(bits);

        Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(file(
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]}}",
                new byte[] {(byte) half, (byte) (half >> 8)}));

        assertThat(tensors.get("a").values()[0]).isEqualTo(expected, within(0f));
    }

    @Test
    void refusesATensorWhoseShapeAndValuesDisagree() {
        assertThatThrownBy(() -> new SafeTensors.Tensor(new long[] {2, 3}, new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape [2, 3] has 6 elements, got 5 values");
    }

    private static SafeTensors.Tensor tensor(Random random, long... shape) {
        int count = 1;
        for (long length : shape) {
            count *= (int) length;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new SafeTensors.Tensor(shape, values);
    }

    private static byte[] bytes(Map<String, SafeTensors.Tensor> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, tensors, Map.of("format", "pt"));
        return out.toByteArray();
    }

    private static InputStream file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return new ByteArrayInputStream(ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array());
    }
}
