package kindling.prep.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Hugging Face's own library: what every id is measured by. */
final class Oracle {
    static {
        System.setProperty("ai.djl.offline", "true");
    }

    private final HuggingFaceTokenizer all;
    private final HuggingFaceTokenizer plain;

    Oracle(String json) throws IOException {
        all = load(json);
        plain = load(withoutSpecial(json));
    }

    /** The ids of a text, with these of {@link SpecialTokens}. */
    int[] encode(String text, SpecialTokens... wanted) {
        boolean around = Arrays.asList(wanted).contains(SpecialTokens.AROUND_TEXT);
        HuggingFaceTokenizer tokenizer = Arrays.asList(wanted).contains(SpecialTokens.IN_TEXT) ? all : plain;
        return Arrays.stream(tokenizer.encode(text, around, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    String decode(int[] ids, boolean skipSpecial) {
        return all.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecial);
    }

    private static HuggingFaceTokenizer load(String json) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false", "padding", "false"));
    }

    /** Special tokens under names that no text of these tests has; taken out, they would change the ids after them. */
    private static String withoutSpecial(String json) throws IOException {
        ObjectNode root = (ObjectNode) new ObjectMapper().readTree(json);
        JsonNode vocabulary = root.at("/model/vocab");
        for (JsonNode token : root.get("added_tokens")) {
            if (token.get("special").asBoolean()
                    && !vocabulary.has(token.get("content").asText())) {
                ((ObjectNode) token)
                        .put("content", "\uE000" + token.get("content").asText());
            }
        }
        ArrayNode added = (ArrayNode) root.get("added_tokens");
        for (int i = added.size() - 1; i >= 0; i--) {
            if (added.get(i).get("special").asBoolean()
                    && vocabulary.has(added.get(i).get("content").asText())) {
                added.remove(i);
            }
        }
        return root.toString();
    }
}
