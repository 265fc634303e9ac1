package kindling.model.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of a safetensors file: which tensor lies where.
 *
 * <pre>u64 little-endian N | N bytes of JSON {name: {dtype, shape, data_offsets: [begin, end]}, __metadata__: {..}} | data</pre>
 *
 * Everything a hostile file could lie about is settled here, before one value is read: the offsets of all tensors
 * together tile the data exactly, and each size is its shape times its dtype.
 *
 * @param entries in the order of their bytes
 */
record Header(Map<String, String> metadata, List<Entry> entries) {
    /** The limit of the reference implementation, in bytes. */
    static final long MAX_BYTES = 100_000_000;

    /** Dimensions of a tensor; PyTorch has no more. */
    private static final int MAX_RANK = 64;

    private static final String METADATA = "__metadata__";

    /** The data starts at a multiple of this, so that a mapped file can be read as numbers in place. */
    private static final int ALIGNMENT = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** One tensor: half-open byte range from the start of the data. */
    record Entry(String name, Dtype dtype, List<Long> shape, long begin, long end) {
        Entry {
            shape = List.copyOf(shape);
            long bytes = Math.multiplyExact(product(shape), dtype.bytes());
            if (begin < 0 || end - begin != bytes) {
                throw new IllegalArgumentException("tensor \"" + name + "\": shape " + shape + " of " + dtype
                        + " takes " + bytes + " bytes, but data_offsets are [" + begin + ", " + end + "]");
            }
        }

        long bytes() {
            return end - begin;
        }

        /** Number of values. */
        long count() {
            return bytes() / dtype.bytes();
        }

        /** The factors are looked at one by one: a zero must not hide that the others overflow. */
        private static long product(List<Long> shape) {
            long product = 1;
            boolean empty = false;
            for (long length : shape) {
                if (length < 0) {
                    throw new IllegalArgumentException("shape " + shape + " has a negative length");
                }
                empty |= length == 0;
                product = length == 0 ? product : Math.multiplyExact(product, length);
            }
            return empty ? 0 : product;
        }
    }

    /** A tensor that is to be written. */
    record Wanted(String name, Dtype dtype, List<Long> shape) {
        long bytes() {
            return Math.multiplyExact(Entry.product(shape), (long) dtype.bytes());
        }
    }

    /** Tensors laid out one after the other. */
    static Header of(List<Wanted> tensors, Map<String, String> metadata) {
        List<Entry> entries = new ArrayList<>();
        long begin = 0;
        for (Wanted tensor : tensors) {
            long end = Math.addExact(begin, tensor.bytes());
            entries.add(new Entry(tensor.name(), tensor.dtype(), tensor.shape(), begin, end));
            begin = end;
        }
        return new Header(new TreeMap<>(metadata), entries);
    }

    /**
     * Reads the head of a file, and no byte more.
     *
     * @param fileBytes length of the whole file, or more where nobody knows
     */
    static Header read(InputStream in, long fileBytes) throws IOException {
        byte[] prefix = in.readNBytes(Long.BYTES);
        if (prefix.length < Long.BYTES) {
            throw refused("the file has " + prefix.length + " bytes, fewer than the 8 of the header length");
        }
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > MAX_BYTES) {
            throw refused("the header length " + Long.toUnsignedString(length) + " is over " + MAX_BYTES + " bytes");
        }
        if (length > fileBytes - Long.BYTES) {
            throw refused("the header should have " + length + " bytes, the whole file has " + fileBytes);
        }
        byte[] json = in.readNBytes((int) length);
        if (json.length < length) {
            throw refused("the header should have " + length + " bytes, the file ends after " + json.length);
        }
        return parse(json);
    }

    private static Header parse(byte[] json) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("the header is not UTF-8", e);
        }
        if (!text.startsWith("{")) {
            throw refused("the header does not begin with {");
        }
        try (JsonParser parser = JSON.createParser(text)) {
            Header header = header(parser);
            expectTiling(header.entries);
            return header;
        } catch (JsonProcessingException e) {
            throw refused("the header is not the expected JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(e.getMessage(), e);
        }
    }

    private static Header header(JsonParser parser) throws IOException {
        Map<String, String> metadata = new TreeMap<>();
        List<Entry> entries = new ArrayList<>();
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (name.equals(METADATA)) {
                readMetadata(parser, metadata);
            } else {
                entries.add(entry(name, parser));
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw new IllegalArgumentException("the header is not one JSON object");
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        return new Header(metadata, List.copyOf(entries));
    }

    private static void readMetadata(JsonParser parser, Map<String, String> metadata) throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser, JsonToken.VALUE_STRING);
            metadata.put(key, parser.getText());
        }
    }

    private static Entry entry(String name, JsonParser parser) throws IOException {
        Dtype dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            switch (field) {
                case "dtype" -> {
                    expect(parser, JsonToken.VALUE_STRING);
                    dtype = Dtype.named(parser.getText());
                }
                case "shape" -> shape = longs(parser);
                case "data_offsets" -> offsets = longs(parser);
                default ->
                    throw new IllegalArgumentException(
                            "tensor \"" + name + "\" has the unknown field \"" + field + "\"");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new IllegalArgumentException(
                    "tensor \"" + name + "\" needs a dtype, a shape and data_offsets [begin, end]");
        }
        return new Entry(name, dtype, shape, offsets.get(0), offsets.get(1));
    }

    private static List<Long> longs(JsonParser parser) throws IOException {
        List<Long> values = new ArrayList<>();
        expect(parser, JsonToken.START_ARRAY);
        while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            values.add(parser.getLongValue());
            if (values.size() > MAX_RANK) {
                throw new IllegalArgumentException("a list has over " + MAX_RANK + " numbers");
            }
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new IllegalArgumentException("expected a list of integers, got " + parser.currentToken());
        }
        return values;
    }

    private static void expect(JsonParser parser, JsonToken token) throws IOException {
        if (parser.nextToken() != token) {
            throw new IllegalArgumentException("expected " + token + ", got " + parser.currentToken());
        }
    }

    /** No byte belongs to two tensors or to none: an overlap or a hole could hide data from one reader and not from another. */
    private static void expectTiling(List<Entry> entries) {
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin() != end) {
                throw new IllegalArgumentException("tensor \"" + entry.name() + "\" begins at byte " + entry.begin()
                        + (entry.begin() < end
                                ? ", inside the one before it, which ends at "
                                : ", leaving a hole after ")
                        + end);
            }
            end = entry.end();
        }
    }

    void write(OutputStream out) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(json)) {
            write(generator);
        }
        while (json.size() % ALIGNMENT != 0) {
            json.write(' ');
        }
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.size())
                .array());
        json.writeTo(out);
    }

    private void write(JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        if (!metadata.isEmpty()) {
            generator.writeObjectFieldStart(METADATA);
            for (Map.Entry<String, String> field : metadata.entrySet()) {
                generator.writeStringField(field.getKey(), field.getValue());
            }
            generator.writeEndObject();
        }
        for (Entry entry : entries) {
            generator.writeObjectFieldStart(entry.name());
            generator.writeStringField("dtype", entry.dtype().name());
            long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
            generator.writeFieldName("shape");
            generator.writeArray(shape, 0, shape.length);
            generator.writeFieldName("data_offsets");
            generator.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
            generator.writeEndObject();
        }
        generator.writeEndObject();
    }

    static IOException refused(String reason) {
        return new IOException("not a valid safetensors file: " + reason);
    }

    static IOException refused(String reason, Exception cause) {
        return new IOException("not a valid safetensors file: " + reason, cause);
    }
}
