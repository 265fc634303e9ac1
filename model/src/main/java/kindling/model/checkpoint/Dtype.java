package kindling.model.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The element types of a safetensors file that convert to {@code float}. Values outside the float grid are rounded for
 * floating types and refused for integers (an id or a counter must not change silently).
 */
enum Dtype {
    F64(Double.BYTES, bytes -> (float) bytes.getDouble()),
    F32(Float.BYTES, ByteBuffer::getFloat),
    F16(Short.BYTES, bytes -> half(bytes.getShort())),
    BF16(Short.BYTES, bytes -> Float.intBitsToFloat(bytes.getShort() << 16)),
    I64(Long.BYTES, bytes -> exact(bytes.getLong())),
    I32(Integer.BYTES, bytes -> exact(bytes.getInt())),
    I16(Short.BYTES, ByteBuffer::getShort),
    I8(Byte.BYTES, ByteBuffer::get),
    U32(Integer.BYTES, bytes -> exact(Integer.toUnsignedLong(bytes.getInt()))),
    U16(Short.BYTES, bytes -> Short.toUnsignedInt(bytes.getShort())),
    U8(Byte.BYTES, bytes -> Byte.toUnsignedInt(bytes.get())),
    BOOL(Byte.BYTES, bytes -> bytes.get() == 0 ? 0 : 1);

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

    float next(ByteBuffer little) {
        return decoding.next(little);
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

    /** IEEE 754 binary16: 1 sign, 5 exponent (bias 15) and 10 fraction bits. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + (127 - 15);
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
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
