package kindling.prep.read;

import static com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Set;
import kindling.prep.Document;

/** JSON lines: a line is a document. Empty lines are no records. */
final class JsonLinesReader implements PartReader {
    private static final Set<String> EXTENSIONS = Set.of("jsonl", "ndjson", "jsonlines");
    private static final int MAX_NESTING = 100;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CHARSET_DETECTION) // it is UTF-8, whatever bytes 0 are in it
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxStringLength(Integer.MAX_VALUE) // the line itself is limited
                            .build())
                    .build())
            .enable(USE_BIG_DECIMAL_FOR_FLOATS)
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
    public boolean canResume() {
        return true;
    }

    @Override
    public void read(FilePart part, StoredFile file, Intake intake) throws IOException {
        LinePart.of(part, 1, TextForm.BYTES).read(file, intake, bytes -> read(bytes, intake));
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        while (bytes.nextLine(intake.options().limits().maxRecordBytes())) {
            String position = Long.toString(bytes.recordStart());
            try {
                byte[] line = bytes.record();
                int from = start(line);
                if (from < line.length) {
                    intake.accept(document(line, from, position, intake));
                }
            } catch (BadRecord bad) {
                intake.reject(position, bad);
            }
        }
    }

    /** Behind a byte order mark and white space. */
    private static int start(byte[] line) {
        boolean marked = line.length > 2 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
        int at = marked ? 3 : 0;
        while (at < line.length && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static Document document(byte[] line, int from, String position, Intake intake) throws BadRecord {
        int invalid = StrictText.firstInvalid(line);
        if (invalid >= 0) {
            throw new BadRecord("invalid_utf8", "no valid UTF-8 at byte " + invalid);
        }
        try (JsonParser parser = JSON.createParser(line, from, line.length - from)) {
            Fields fields = new Fields(intake.blank(position), intake.options());
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                throw new BadRecord("invalid_json", "an object expected, got " + kind(first));
            }
            JsonToken text = read(parser, fields, intake.options().textField());
            if (parser.nextToken() != null) {
                throw invalid(parser.currentTokenLocation());
            }
            if (text != JsonToken.VALUE_STRING) {
                throw new BadRecord(
                        "missing_text",
                        "field \"" + intake.options().textField() + "\" must be a string, is " + kind(text));
            }
            return fields.document();
        } catch (JsonProcessingException e) {
            throw invalid(e.getLocation()); // Jackson's own message quotes the record
        } catch (IOException | NumberFormatException e) {
            throw new BadRecord("invalid_json", "no valid JSON: a number beyond all limits");
        }
    }

    private static BadRecord invalid(JsonLocation place) {
        String cause = place == null ? "a limit on nesting or numbers" : "column " + place.getColumnNr();
        return new BadRecord("invalid_json", "no valid JSON: " + cause);
    }

    /** What people call a token. */
    private static String kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            default -> "nothing";
        };
    }

    /** Reads the fields of an object; what the field for the text is. */
    private static JsonToken read(JsonParser parser, Fields fields, String textField) throws IOException {
        JsonToken text = JsonToken.NOT_AVAILABLE;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            text = name.equals(textField) ? value : text;
            if (value == JsonToken.VALUE_STRING) {
                fields.string(name, parser.getText());
            } else if (value.isNumeric()) {
                fields.number(name, parser.getText());
            } else if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                readMeta(parser, fields);
            } else {
                putMeta(name, parser, fields);
            }
        }
        return text;
    }

    private static void readMeta(JsonParser parser, Fields fields) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            putMeta(name, parser, fields);
        }
    }

    /** Values of fields go to the meta data as they are written, objects and arrays as JSON without spaces. */
    private static void putMeta(String name, JsonParser value, Fields fields) throws IOException {
        JsonToken kind = value.currentToken();
        if (kind.isStructStart()) {
            fields.meta(name, JSON.readTree(value).toString());
        } else if (kind != JsonToken.VALUE_NULL) {
            fields.meta(name, value.getText());
        }
    }
}
