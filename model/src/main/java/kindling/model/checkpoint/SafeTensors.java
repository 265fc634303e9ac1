package kindling.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kindling.model.checkpoint.Header.Entry;

/**
 * The safetensors file format: named tensors, readable without running code and mappable in place.
 *
 * <p>Reads F64, F32, F16, BF16, BOOL and integers up to 64 bits into {@code float}; writes F32. A file is refused, with
 * the reason, when its header is over {@value Header#MAX_BYTES} bytes, is not UTF-8 JSON, or when its offsets overlap,
 * leave holes, contradict a shape or do not end where the file ends. Memory grows with the bytes that arrive, not with
 * the sizes a header claims.
 *
 * <p>Source: safetensors format, https://huggingface.co/docs/safetensors.
 *
 * <pre>{@code
 * Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(in);
 * float first = tensors.get("wte.weight").values()[0];
 * }</pre>
 */
public final class SafeTensors {
    private SafeTensors() {}

    /** A dense tensor, row-major; a scalar has the shape []. The arrays are shared, not copied. */
    @SuppressWarnings("ArrayRecordComponent") // hundreds of megabytes: a record of primitives without copies
    public record Tensor(long[] shape, float[] values) {
        /**
         * @throws IllegalArgumentException when the shape does not have as many elements as there are values
         */
        public Tensor {
            long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (count != values.length) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has " + count
                        + " elements, got " + values.length + " values");
            }
        }

        /** A tensor of rank 1. */
        public static Tensor of(float... values) {
            return new Tensor(new long[] {values.length}, values);
        }
    }

    /**
     * Writes F32 tensors in the order of the map. The stream stays open.
     *
     * @param metadata free text pairs; readers of models expect {@code format=pt}
     */
    public static void write(OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        List<Header.Wanted> wanted = new ArrayList<>();
        tensors.forEach((name, tensor) -> wanted.add(new Header.Wanted(
                name, Dtype.F32, Arrays.stream(tensor.shape).boxed().toList())));
        Header.of(wanted, metadata).write(out);
        for (Tensor tensor : tensors.values()) {
            writeValues(out, tensor.values, 0, tensor.values.length);
        }
    }

    /**
     * Reads every tensor, in the order of their bytes. The stream is read to its end and stays open.
     *
     * @throws IOException when the file is not valid, or a tensor has more than 2^31 - 1 values
     */
    public static Map<String, Tensor> read(InputStream in) throws IOException {
        TensorFile file = TensorFile.read(in);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : file.entries()) {
            long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
            tensors.put(entry.name(), new Tensor(shape, file.values(entry)));
        }
        file.expectEnd();
        return tensors;
    }

    static void writeValues(OutputStream out, float[] values, int offset, int count) throws IOException {
        byte[] chunk = new byte[TensorData.PIECE];
        ByteBuffer bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = offset; i < offset + count; ) {
            int length = Math.min(TensorData.PIECE / Float.BYTES, offset + count - i);
            Dtype.F32.write(values, i, length, bytes);
            out.write(chunk, 0, length * Float.BYTES);
            i += length;
        }
    }
}
