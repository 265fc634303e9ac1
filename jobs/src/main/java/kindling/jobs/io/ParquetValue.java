package kindling.jobs.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A value of a Parquet column, as the format's logical types define it (github.com/apache/parquet-format, LogicalTypes.md):
 * dates and times in ISO 8601, decimals with their digits, lists and structures as JSON.
 *
 * @param kind whether it can be a text or an identifier
 */
record ParquetValue(Kind kind, JsonNode json) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_BINARY = 1 << 10; // bytes; digests and keys are shorter, pictures longer
    private static final long JULIAN_EPOCH = 2_440_588; // the Julian day number of 1970-01-01

    /** What a value can be used for. */
    enum Kind {
        TEXT,
        NUMBER,
        OTHER
    }

    /** The value of a row's field, or nothing where it is null, or bytes that are too many and no text. */
    static Optional<ParquetValue> of(Group row, int field) {
        Type type = row.getType().getType(field);
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            return Optional.of(new ParquetValue(Kind.OTHER, array(row, field)));
        }
        if (row.getFieldRepetitionCount(field) == 0) {
            return Optional.empty();
        }
        JsonNode json = json(row, field, 0);
        return json.isNull() ? Optional.empty() : Optional.of(new ParquetValue(kind(type, json), json));
    }

    /** Text as it is, numbers and times in their usual form, and what has parts as JSON on one line. */
    String text() {
        return text(json);
    }

    /** Of a map, what is not null. */
    Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!entry.getValue().isNull()) {
                entries.put(entry.getKey(), text(entry.getValue()));
            }
        }
        return entries;
    }

    private static String text(JsonNode json) {
        if (json.isBigDecimal()) {
            return json.decimalValue().toPlainString();
        }
        return json.isValueNode() ? json.asText() : json.toString();
    }

    static boolean isMap(Type type) {
        return type.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation;
    }

    private static Kind kind(Type type, JsonNode json) {
        if (json.isNumber()) {
            return Kind.NUMBER;
        }
        boolean bytes = type.isPrimitive() && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        return bytes && json.isTextual() ? Kind.TEXT : Kind.OTHER;
    }

    private static ArrayNode array(Group group, int field) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
            array.add(json(group, field, i));
        }
        return array;
    }

    private static JsonNode json(Group group, int field, int index) {
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(type.asPrimitiveType(), group, field, index);
        }
        Group value = group.getGroup(field, index);
        if (isMap(type)) {
            return map(value);
        }
        return type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation ? list(value) : structure(value);
    }

    private static JsonNode structure(Group group) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
            of(group, i).ifPresent(new Member(object, group.getType().getFieldName(i))::set);
        }
        return object;
    }

    private record Member(ObjectNode object, String name) {
        void set(ParquetValue value) {
            object.set(name, value.json());
        }
    }

    private static JsonNode map(Group map) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            Group entry = map.getGroup(0, i);
            JsonNode value = entry.getType().getFieldCount() < 2 || entry.getFieldRepetitionCount(1) == 0
                    ? JSON.nullNode()
                    : json(entry, 1, 0);
            object.set(text(json(entry, 0, 0)), value);
        }
        return object;
    }

    /** The elements, by the format's rules for lists of all ages: most have a group between the list and its elements. */
    private static JsonNode list(Group list) {
        Type repeated = list.getType().getType(0);
        boolean wrapped = !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && !repeated.getName().equals("array")
                && !repeated.getName().equals(list.getType().getName() + "_tuple");
        if (!wrapped) {
            return array(list, 0);
        }
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            Group element = list.getGroup(0, i);
            array.add(of(element, 0).map(ParquetValue::json).orElse(JSON.nullNode()));
        }
        return array;
    }

    private static JsonNode primitive(PrimitiveType type, Group group, int field, int index) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, index));
            case FLOAT -> JSON.numberNode(group.getFloat(field, index));
            case DOUBLE -> JSON.numberNode(group.getDouble(field, index));
            case INT32 -> integer(group.getInteger(field, index), logical, Integer.SIZE);
            case INT64 -> integer(group.getLong(field, index), logical, Long.SIZE);
            case INT96 -> JSON.textNode(instant(group.getInt96(field, index)));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(group.getBinary(field, index), logical);
        };
    }

    private static JsonNode integer(long value, LogicalTypeAnnotation logical, int bits) {
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return DecimalNode.valueOf(BigDecimal.valueOf(value, decimal.getScale()));
        }
        if (logical instanceof DateLogicalTypeAnnotation) {
            return JSON.textNode(LocalDate.ofEpochDay(value).toString());
        }
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            return JSON.textNode(
                    LocalTime.MIDNIGHT.plus(value, unit(time.getUnit())).toString());
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            Instant instant = Instant.EPOCH.plus(value, unit(timestamp.getUnit()));
            return JSON.textNode(
                    timestamp.isAdjustedToUTC()
                            ? instant.toString()
                            : instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString());
        }
        if (value < 0 && logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
            return JSON.numberNode(BigInteger.valueOf(value).add(modulus));
        }
        return JSON.numberNode(value);
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }

    /** The time stamps of old writers: nanoseconds of the day, then the Julian day. */
    private static String instant(Binary binary) {
        ByteBuffer bytes = ByteBuffer.wrap(binary.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long day = bytes.getInt() - JULIAN_EPOCH;
        return Instant.EPOCH.plus(day, ChronoUnit.DAYS).plusNanos(nanos).toString();
    }

    private static JsonNode bytes(Binary binary, LogicalTypeAnnotation logical) {
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return DecimalNode.valueOf(new BigDecimal(new BigInteger(binary.getBytes()), decimal.getScale()));
        }
        if (logical instanceof UUIDLogicalTypeAnnotation) {
            ByteBuffer bytes = binary.toByteBuffer();
            return JSON.textNode(new UUID(bytes.getLong(), bytes.getLong()).toString());
        }
        return utf8(binary.getBytes());
    }

    private static JsonNode utf8(byte[] bytes) {
        try {
            return JSON.textNode(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return bytes.length <= MAX_BINARY ? JSON.binaryNode(bytes) : JSON.nullNode(); // as Base64
        }
    }
}
