package kindling.model.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import kindling.model.tensor.BrainFloat;

/**
 * The element types of a safetensors file that convert to {@code float}, in the order of the reference writer, which puts
 * the last of these first in a file. Values outside the float grid are rounded for floating types and refused for integers
 * (an id or a counter must not change silently).
 */
public enum Dtype {
    /** A byte: 0 is false. */
    BOOL(Byte.BYTES, bytes -> bytes.get() == 0 ? 0 : 1),
    /** Unsigned, 8 bits. */
    U8(Byte.BYTES, bytes -> Byte.toUnsignedInt(bytes.get())),
    /** Signed, 8 bits. */
    I8(Byte.BYTES, ByteBuffer::get),
    /** Signed, 16 bits. */
    I16(Short.BYTES, ByteBuffer::getShort),
    /** Unsigned, 16 bits. */
    U16(Short.BYTES, bytes -> Short.toUnsignedInt(bytes.getShort())),
    /** IEEE 754 binary16. */
    F16(Short.BYTES, bytes -> Half.value(bytes.getShort())),
    /** The upper half of a float. */
    BF16(Short.BYTES, bytes -> BrainFloat.value(bytes.getShort())),
    /** Signed, 32 bits. */
    I32(Integer.BYTES, bytes -> exact(bytes.getInt())),
    /** Unsigned, 32 bits. */
    U32(Integer.BYTES, bytes -> exact(Integer.toUnsignedLong(bytes.getInt()))),
    /** IEEE 754 binary32. */
    F32(Float.BYTES, ByteBuffer::getFloat),
    /** IEEE 754 binary64. */
    F64(Double.BYTES, bytes -> (float) bytes.getDouble()),
    /** Signed, 64 bits. */
    I64(Long.BYTES, bytes -> exact(bytes.getLong()));

    private static final Map<String, Dtype> WRITTEN = Map.of("float32", F32, "float16", F16, "bfloat16", BF16);

    /** Reads one value from little-endian bytes. */
    private interface Decoding {
        float next(ByteBuffer bytes);
    }

    private final int bytes;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above capture nothing
    private final Decoding decoding;

    Dtype(int bytes, Decoding decoding) {
        this.bytes = bytes;
        this.decoding = decoding;
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** Whether a conversion of a model to other floats is for these values. */
    boolean isFloating() {
        return this == F16 || this == BF16 || this == F32 || this == F64;
    }

    /**
     * Reads {@code count} values to {@code target[offset ..]}.
     *
     * @throws ArithmeticException for an integer that no float is
     */
    void read(ByteBuffer little, float[] target, int offset, int count) {
        if (this == F32) {
            little.asFloatBuffer().get(target, offset, count);
            return;
        }
        for (int i = offset; i < offset + count; i++) {
            target[i] = decoding.next(little);
        }
    }

    /**
     * Writes {@code source[offset .. offset + count)}, each rounded to the nearest, of two the even one; what is too large
     * becomes infinite and NaN stays NaN, as in PyTorch.
     *
     * @throws IllegalArgumentException unless this is F32, F16 or BF16
     */
    void write(float[] source, int offset, int count, ByteBuffer little) {
        if (this == F32) {
            little.asFloatBuffer().put(source, offset, count);
            return;
        }
        if (!WRITTEN.containsValue(this)) {
            throw new IllegalArgumentException("floats are written as F32, F16 or BF16, not as " + this);
        }
        for (int i = offset; i < offset + count; i++) {
            little.putShort(this == F16 ? Half.bits(source[i]) : BrainFloat.bits(source[i]));
        }
    }

    /**
     * The type that PyTorch and {@code config.json} call {@code float32}, {@code float16} or {@code bfloat16}.
     *
     * @throws IllegalArgumentException for another name
     */
    public static Dtype ofTorch(String name) {
        Dtype found = WRITTEN.get(name);
        if (found == null) {
            throw new IllegalArgumentException("dtype is one of float32, float16 and bfloat16, got " + name);
        }
        return found;
    }

    /**
     * @throws IllegalArgumentException for a name that is not in this list
     */
    static Dtype named(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        throw new IllegalArgumentException("dtype \"" + name + "\" is not one of " + Arrays.toString(values()));
    }

    private static float exact(long value) {
        float nearest = value;
        if ((long) nearest != value || value == Long.MAX_VALUE) {
            throw new ArithmeticException(
                    "integer " + value + " has no exact float: store it as metadata or F64 parts");
        }
        return nearest;
    }
}
