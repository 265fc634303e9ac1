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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        Map<String, String> meta = new TreeMap<>();
        String id = blank.id();
        String source = blank.source();
        String url = "";
        String language = "";
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            boolean string = value.isTextual();
            if (name.equals(options.idField()) && isIdentifier(value)) {
                id = value.asText();
            } else if (name.equals("source") && string) {
                source = value.textValue();
            } else if (name.equals("url") && string) {
                url = value.textValue();
            } else if (name.equals("language") && string) {
                language = value.textValue();
            } else if (name.equals("meta") && value.isObject()) {
                value.properties().forEach(entry -> putMeta(entry, meta));
            } else if (!name.equals(options.textField())) {
                putMeta(field, meta);
            }
        }
        return new Document(id, text.textValue(), source, url, language, meta);
    }

    private static boolean isIdentifier(JsonNode value) {
        return value.isNumber() || (value.isTextual() && !value.textValue().isEmpty());
    }

    private static void putMeta(Map.Entry<String, JsonNode> field, Map<String, String> meta) {
        JsonNode value = field.getValue();
        if (!value.isNull()) {
            meta.put(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
        }
    }
}
