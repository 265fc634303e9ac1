package kindling.prep.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as a {@code tokenizer.json} may hold it: limits that no published file comes near, so that a hostile one costs a message and no memory. */
final class TokenizerJson {
    /** Twice the largest published file (Gemma 3, 33 MB). */
    static final int MOST_BYTES = 64 << 20;

    private static final int DEEPEST = 64; // levels; published files have about eight
    private static final int LONGEST_STRING = 4 << 20; // characters; the map of a Unigram normalizer has half a million
    private static final int MOST_TOKENS =
            8 << 20; // JSON tokens; Gemma 2 has a million, two million with merges as pairs

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_STRING)
                            .maxNameLength(LONGEST_STRING)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // a vocabulary's names come once
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TokenizerJson() {}

    /**
     * A file's text.
     *
     * @throws IllegalArgumentException when it is too long or not UTF-8
     */
    static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        requireSize(bytes.length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("tokenizer.json: is not UTF-8: is the file damaged?", e);
        }
    }

    private static void requireSize(int length) {
        if (length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "tokenizer.json: has more than %d bytes: is this the right file?".formatted(MOST_BYTES));
        }
    }

    /**
     * The file's tree.
     *
     * @throws IllegalArgumentException when the text is not one JSON object, repeats a name, or exceeds a limit
     */
    static JsonPart parse(String json) {
        requireSize(json.length());
        try {
            JsonNode root = MAPPER.readTree(json);
            if (!root.isObject()) {
                throw new IllegalArgumentException("tokenizer.json: must hold a JSON object: is this the right file?");
            }
            return new JsonPart("", root);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "tokenizer.json: cannot be read%s: %s: is the file damaged or cut off?"
                            .formatted(place(e), e.getOriginalMessage()),
                    e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
