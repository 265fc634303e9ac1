package kindling.prep.read;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;
import static com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import kindling.prep.Document;

/** JSON lines: a line is a document. Empty lines are no records. */
final class JsonLinesReader implements Reader {
    private static final Set<String> EXTENSIONS = Set.of("jsonl", "ndjson", "jsonlines");
    private static final int MAX_NESTING = 100;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxStringLength(Integer.MAX_VALUE) // the line itself is limited
                            .build())
                    .build())
            .enable(FAIL_ON_TRAILING_TOKENS, USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Override
    public String format() {
        return "jsonl";
    }

    /** Spark names JSON lines {@code .json}; there an object starts and goes on in the first line. */
    @Override
    public boolean accepts(String extension, byte[] head) {
        boolean objectLine = head.length > 1 && head[0] == '{' && head[1] == '"';
        return EXTENSIONS.contains(extension) || (extension.equals("json") && objectLine);
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        for (long line = 1; bytes.nextLine(intake.options().limits().maxRecordBytes()); line++) {
            String position = Long.toString(line);
            try {
                read(bytes, position, intake);
            } catch (BadRecord bad) {
                intake.reject(position, bad);
            }
        }
    }

    private static void read(ByteSource bytes, String position, Intake intake) throws BadRecord {
        String line = StrictText.utf8(bytes.record(), true).strip();
        String json = line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!json.isEmpty()) {
            intake.accept(document(parse(json), intake.blank(position), intake.options()));
        }
    }

    private static JsonNode parse(String line) throws BadRecord {
        JsonNode object;
        try {
            object = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // Jackson's own message quotes the record.
            JsonLocation place = e.getLocation();
            String cause = place == null ? "a limit on nesting or numbers" : "column " + place.getColumnNr();
            throw new BadRecord("invalid_json", "no valid JSON: " + cause);
        } catch (NumberFormatException e) {
            throw new BadRecord("invalid_json", "no valid JSON: a number beyond all limits");
        }
        if (!object.isObject()) {
            throw new BadRecord("invalid_json", "an object expected, got " + object.getNodeType());
        }
        return object;
    }

    private static Document document(JsonNode object, Document blank, ReadOptions options) throws BadRecord {
        JsonNode text = object.path(options.textField());
        if (!text.isTextual()) {
            throw new BadRecord(
                    "missing_text", "field \"" + options.textField() + "\" must be a string, is " + text.getNodeType());
        }
        Fields fields = new Fields(Document.of(blank.id(), "", blank.source()), options);
        object.properties().forEach(field -> put(field.getKey(), field.getValue(), fields));
        return fields.document();
    }

    private static void put(String name, JsonNode value, Fields fields) {
        if (value.isTextual()) {
            fields.string(name, value.textValue());
        } else if (value.isNumber()) {
            fields.number(name, value.asText());
        } else if (name.equals("meta") && value.isObject()) {
            value.properties().forEach(entry -> putMeta(entry.getKey(), entry.getValue(), fields));
        } else {
            putMeta(name, value, fields);
        }
    }

    private static void putMeta(String name, JsonNode value, Fields fields) {
        if (!value.isNull()) {
            fields.meta(name, value.isValueNode() ? value.asText() : value.toString());
        }
    }
}
