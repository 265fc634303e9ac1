package kindling.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kindling.model.checkpoint.Header.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
    @TempDir
    Path folder;

    @Test
    void readsTheSameFromAMappedFileAsFromAStream() throws IOException {
        float[] values = new float[100_003];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        Path path = folder.resolve("a.safetensors");
        Files.write(path, bytes(Map.of("a", SafeTensors.Tensor.of(values))));

        try (TensorFile mapped = TensorFile.map(path);
                TensorFile streamed = TensorFile.read(Files.newInputStream(path))) {
            Entry entry = mapped.entries().get(0);
            float[] target = new float[values.length + 1];
            mapped.read(entry, target, 1);

            assertThat(streamed.values(entry)).isEqualTo(values);
            assertThat(mapped.values(entry)).isEqualTo(values);
            assertThat(target).startsWith(0, values[0], values[1]).endsWith(values[values.length - 1]);
        }
    }

    @Test
    void findsEveryByteInWhicheverWindowItLies() throws IOException {
        byte[] bytes = new byte[3 * TensorData.PIECE + 5];
        new Random(2).nextBytes(bytes);
        Path path = folder.resolve("bytes");
        Files.write(path, bytes);

        try (FileChannel channel = FileChannel.open(path)) {
            TensorData data = new TensorData.Mapped(channel, 3, 6); // windows of 64 bytes
            for (int at = 0; at + 3 + 200 < bytes.length; at += 61) {
                byte[] read = new byte[200];
                data.at(at, read.length).get(read);

                assertThat(read).containsExactly(Arrays.copyOfRange(bytes, at + 3, at + 3 + read.length));
            }
        }
    }

    @Test
    void readsBehindTwoGigabytes() throws IOException {
        long hole = (1L << 32) + 6;
        String json = "{\"far\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]},".formatted(hole, hole + 8)
                + "\"big\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}".formatted(hole, hole);
        Path path = folder.resolve("sparse.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(head(json));
            file.seek(8 + json.length() + hole);
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1.5f)
                    .putFloat(-2)
                    .array());
        }

        try (TensorFile mapped = TensorFile.map(path)) {
            Entry big = mapped.entries().get(0);

            assertThat(mapped.values(mapped.entries().get(1))).containsExactly(1.5f, -2);
            assertThatThrownBy(() -> mapped.values(big)).hasMessageContaining("4294967302 values, over 2^31 - 9");
        }
    }

    @Test
    void refusesEveryHostileFileBeforeItIsMapped() {
        for (Path cases : Golden.cases("safetensors-files")) {
            Golden.json(cases, "case.json")
                    .get("must_be_refused")
                    .fieldNames()
                    .forEachRemaining(file -> assertThatThrownBy(() -> TensorFile.map(cases.resolve(file)))
                            .as(file)
                            .isInstanceOf(IOException.class)
                            .hasMessageStartingWith("not a valid safetensors file: "));
        }
    }

    @Test
    void saysHowLongAFileShouldBe() throws IOException {
        byte[] whole = bytes(Map.of("a", SafeTensors.Tensor.of(1, 2)));
        Path path = folder.resolve("cut.safetensors");

        Files.write(path, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> TensorFile.map(path))
                .hasMessageContaining("its last tensor, whose data ends at byte 8");

        Files.write(path, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> TensorFile.map(path)).hasMessageContaining("bytes follow the last tensor");

        Files.write(path, Arrays.copyOf(whole, 20));
        assertThatThrownBy(() -> TensorFile.map(path)).hasMessageContaining("the whole file has 20");
    }

    @Test
    void refusesMoreDimensionsThanAnyTensorHas() {
        String ones = "1,".repeat(64) + "1";
        String json = "{\"a\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,1]}}".formatted(ones);

        assertThatThrownBy(() -> TensorFile.read(stream(json))).hasMessageContaining("over 64 numbers");
    }

    @Test
    void refusesTheSameNameSpelledTwice() {
        String tensor = "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";

        assertThatThrownBy(() -> TensorFile.read(stream("{\"a\":" + tensor + ",\"\\u0061\":" + tensor + "}")))
                .hasMessageContaining("Duplicate field 'a'");
    }

    @Test
    void refusesWhatStandsBeforeTheHeadersBrace() {
        assertThatThrownBy(() -> TensorFile.read(stream(" {}"))).hasMessageContaining("does not begin with {");
    }

    /** A stream that counts how often it is closed, which fails. */
    private static final class Closing extends ByteArrayInputStream {
        int closed;

        Closing(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() throws IOException {
            closed++;
            throw new IOException("cannot be closed");
        }
    }

    @Test
    void leavesAStreamWithABadHeadOpen() {
        Closing stream = new Closing(new byte[20]);

        assertThatThrownBy(() -> SafeTensors.read(stream)).isInstanceOf(IOException.class);

        assertThat(stream.closed).isZero();
    }

    @Test
    void closesEveryFileEvenWhereOneCannotBeClosed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, Map.of(), Map.of());
        Closing first = new Closing(out.toByteArray());
        Closing second = new Closing(out.toByteArray());
        TensorFiles files = new TensorFiles(Map.of("a", TensorFile.read(first), "b", TensorFile.read(second)));

        assertThatThrownBy(files::close)
                .hasMessage("cannot be closed")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));

        assertThat(first.closed).isEqualTo(1);
        assertThat(second.closed).isEqualTo(1);
    }

    @Test
    void takesAFileWithoutTensors() throws IOException {
        try (TensorFile file = TensorFile.read(stream("{}"))) {
            assertThat(file.entries()).isEqualTo(List.of());
            file.expectEnd();
        }
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(head(json));
    }

    private static byte[] head(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private static byte[] bytes(Map<String, SafeTensors.Tensor> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, tensors, Map.of());
        return out.toByteArray();
    }
}
