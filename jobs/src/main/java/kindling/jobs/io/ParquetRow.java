package kindling.jobs.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** A row of a Parquet file as the JSON object that the same row would be in JSON lines. */
final class ParquetRow {
    private ParquetRow() {}

    static ObjectNode json(Group row) {
        ObjectNode json = Json.object();
        for (Type field : row.getType().getFields()) {
            if (row.getFieldRepetitionCount(field.getName()) > 0) {
                json.set(field.getName(), value(row, field));
            }
        }
        return json;
    }

    /** Lists and maps are groups around a repeated group (parquet.apache.org/docs/file-format/types/logicaltypes). */
    private static JsonNode value(Group row, Type field) {
        String name = field.getName();
        if (field.isPrimitive()) {
            return primitive(row, field);
        }
        LogicalTypeAnnotation kind = field.getLogicalTypeAnnotation();
        Group group = row.getGroup(name, 0);
        if (kind instanceof MapLogicalTypeAnnotation) {
            return map(group);
        }
        return kind instanceof ListLogicalTypeAnnotation ? list(group) : json(group);
    }

    private static JsonNode map(Group map) {
        ObjectNode json = Json.object();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            ObjectNode entry = json(map.getGroup(0, i));
            json.set(entry.path("key").asText(), entry.path("value"));
        }
        return json;
    }

    private static JsonNode list(Group list) {
        ArrayNode json = Json.object().arrayNode();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            json.add(json(list.getGroup(0, i)).path("element"));
        }
        return json;
    }

    private static JsonNode primitive(Group row, Type field) {
        String name = field.getName();
        return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> LongNode.valueOf(row.getInteger(name, 0));
            case INT64 -> LongNode.valueOf(row.getLong(name, 0));
            case FLOAT -> DoubleNode.valueOf(row.getFloat(name, 0));
            case DOUBLE -> DoubleNode.valueOf(row.getDouble(name, 0));
            case BOOLEAN -> BooleanNode.valueOf(row.getBoolean(name, 0));
            default -> TextNode.valueOf(row.getString(name, 0));
        };
    }
}
