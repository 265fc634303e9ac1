package kindling.prep.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import kindling.prep.token.Merges.Merge;
import kindling.prep.words.Pretokenizer;

/**
 * The {@code tokenizer.json} of Hugging Face's tokenizers library, as far as it describes GPT-2's kind: model BPE, pre-tokenizer and decoder
 * ByteLevel, no normalizer, added tokens special. Merges are read as {@code "a b"} and as {@code ["a", "b"]}, and written as {@code "a b"},
 * which every version of that library reads.
 */
final class TokenizerJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TokenizerJson() {}

    static Vocabulary read(String json) {
        JsonNode root = tree(json);
        requireGpt2Kind(root);
        String[] spellings = spellings(root);
        List<String> ordered = Arrays.asList(spellings);
        BitSet special = new BitSet();
        root.path("added_tokens").forEach(token -> special.set(token.path("id").asInt()));
        JsonNode vocabulary = root.path("model").path("vocab");
        return new Vocabulary(
                ordered, merges(root.path("model").path("merges"), vocabulary), special, Pretokenizer.named("gpt2"));
    }

    static String write(Vocabulary vocabulary) {
        ObjectNode root = NODES.objectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        root.putNull("normalizer");
        ObjectNode byteLevel = NODES.objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        root.set("pre_tokenizer", byteLevel);
        root.putNull("post_processor");
        root.set("decoder", byteLevel);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout").putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
        model.put("fuse_unk", false).put("byte_fallback", false);
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.put(vocabulary.spellings().get(id), id);
            if (vocabulary.isSpecial(id)) {
                added.add(addedToken(id, vocabulary.spellings().get(id)));
            }
        }
        ArrayNode merges = model.putArray("merges");
        List<String> spellings = vocabulary.spellings();
        vocabulary
                .merges()
                .forEach(merge -> merges.add(spellings.get(merge.left()) + ' ' + spellings.get(merge.right())));
        return root.toString();
    }

    private static ObjectNode addedToken(int id, String content) {
        return NODES.objectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    private static JsonNode tree(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            require(root.isObject(), "the file", "not a JSON object");
            return root;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("tokenizer.json: not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void requireGpt2Kind(JsonNode root) {
        JsonNode model = root.path("model");
        require(model.path("vocab").isObject() && model.path("merges").isArray(), "model", "lacks vocab or merges");
        requireType(model, "model", "BPE");
        require(isEmpty(root.path("normalizer")), "normalizer", "not supported, only null");
        requireType(root.path("pre_tokenizer"), "pre_tokenizer", "ByteLevel");
        require(
                !root.path("pre_tokenizer").path("add_prefix_space").asBoolean(true),
                "pre_tokenizer.add_prefix_space",
                "not false");
        require(root.path("pre_tokenizer").path("use_regex").asBoolean(true), "pre_tokenizer.use_regex", "not true");
        requireType(root.path("decoder"), "decoder", "ByteLevel");
        if (!isEmpty(root.path("post_processor"))) {
            requireType(root.path("post_processor"), "post_processor", "ByteLevel");
        }
        require(
                isEmpty(model.path("dropout")) || model.path("dropout").asDouble() == 0,
                "model.dropout",
                "not supported");
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            require(
                    model.path(affix).asText("").isEmpty() || isEmpty(model.path(affix)),
                    "model." + affix,
                    "not supported");
        }
        require(!model.path("ignore_merges").asBoolean(false), "model.ignore_merges", "not supported, only false");
        for (JsonNode token : root.path("added_tokens")) {
            require(
                    token.path("special").asBoolean(false),
                    "added token " + token.path("content"),
                    "not special, which is not supported");
        }
    }

    private static void requireType(JsonNode part, String name, String type) {
        String found = part.path("type").asText("null");
        require(found.equals(type), name + " of type " + found, "not supported, only " + type);
    }

    private static void require(boolean holds, String part, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "tokenizer.json: %s is %s (byte-level BPE with the GPT-2 pattern is what can be read)"
                            .formatted(part, problem));
        }
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isNull() || node.isMissingNode();
    }

    /** Spelling by id, from the vocabulary and the added tokens together. */
    private static String[] spellings(JsonNode root) {
        JsonNode vocabulary = root.path("model").path("vocab");
        List<Map.Entry<String, JsonNode>> pieces = new ArrayList<>(vocabulary.properties());
        for (JsonNode token : root.path("added_tokens")) {
            if (!vocabulary.has(token.path("content").asText())) {
                pieces.add(Map.entry(token.path("content").asText(), token.path("id")));
            }
        }
        String[] spellings = new String[pieces.size()];
        for (Map.Entry<String, JsonNode> piece : pieces) {
            int id = piece.getValue().asInt(-1);
            require(
                    id >= 0 && id < spellings.length && spellings[id] == null,
                    "id " + piece.getValue() + " of " + piece.getKey(),
                    "taken twice or outside 0 … " + (spellings.length - 1));
            spellings[id] = piece.getKey();
        }
        return spellings;
    }

    private static List<Merge> merges(JsonNode merges, JsonNode vocabulary) {
        List<Merge> list = new ArrayList<>(merges.size());
        for (JsonNode merge : merges) {
            String[] pair = merge.isArray()
                    ? new String[] {merge.path(0).asText(), merge.path(1).asText()}
                    : merge.asText().split(" ", -1);
            require(pair.length == 2, "merge " + merge, "not a pair of pieces");
            list.add(new Merge(
                    id(vocabulary, pair[0], merge),
                    id(vocabulary, pair[1], merge),
                    id(vocabulary, pair[0] + pair[1], merge)));
        }
        return list;
    }

    private static int id(JsonNode vocabulary, String piece, JsonNode merge) {
        require(vocabulary.has(piece), "merge " + merge, "naming \"" + piece + "\", which the vocabulary lacks");
        return vocabulary.get(piece).asInt();
    }
}
