package kindling.prep.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hugging Face's own library behind our interface, for the kinds that ours does not do: WordPiece, Unigram, unknown regular expressions. Slower
 * by an order of magnitude, and its streaming decoder gives all of the text at the end, because such a kind may change what it has said.
 */
final class ForeignTokenizer implements Tokenizer {
    private static final Map<String, String> WHOLE_TEXTS = Map.of("truncation", "false", "padding", "false");

    /** A noncharacter, which Unicode keeps for uses like this: a text that has it is encoded as if with U+FFFD. */
    private static final String HIDDEN = "\uFDD0";

    static {
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true"); // nothing calls home
        }
    }

    private final String json;
    private final Map<String, Integer> ids;
    private final Set<String> special;
    private final int size;
    /** With all added tokens, and without the special ones. */
    private final HuggingFaceTokenizer all;

    private final HuggingFaceTokenizer plain;

    private ForeignTokenizer(JsonPart root, String json) throws IOException {
        this.json = json;
        List<AddedToken> tokens =
                root.part("added_tokens").list().stream().map(AddedToken::read).toList();
        special = tokens.stream()
                .filter(AddedToken::special)
                .map(AddedToken::content)
                .collect(Collectors.toSet());
        ids = pieces(root.part("model").part("vocab"));
        List<AddedToken> unspecial = hide(tokens);
        Map<String, Integer> numbered = number(tokens);
        number(unspecial)
                .forEach((token, id) -> root.part("added_tokens")
                        .require(
                                isHidden(token) || numbered.get(token).equals(id),
                                "numbers \"%s\" after special ones: put it first",
                                token));
        JsonPart model = root.part("model");
        all = load(root, tokens, model.node());
        plain = load(root, unspecial, withoutSpecial(model));
        ids.putAll(numbered);
        size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /**
     * The added tokens for texts that may not name special ones. Those that are pieces anyway go; the others stay, for the sake of the ids after
     * them, under names that no text has.
     */
    private List<AddedToken> hide(List<AddedToken> tokens) {
        return tokens.stream()
                .filter(token -> !token.special() || !ids.containsKey(token.content()))
                .map(token -> token.special() ? token.named(HIDDEN + token.content()) : token)
                .toList();
    }

    private static boolean isHidden(String token) {
        return token.startsWith(HIDDEN);
    }

    /**
     * The tokenizer of this file.
     *
     * @param why what ours does not do about it
     * @throws IllegalArgumentException when that library refuses it too
     */
    static Tokenizer of(JsonPart root, String why, String json) {
        try {
            return new ForeignTokenizer(root, json);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new IllegalArgumentException(
                    "tokenizer.json: %s, which is left to Hugging Face's library, and that refuses it: %s"
                            .formatted(why, e.getMessage()),
                    e);
        }
    }

    private static Map<String, Integer> pieces(JsonPart vocab) {
        Map<String, Integer> ids = new HashMap<>();
        vocab.require(vocab.node().isObject() || vocab.node().isArray(), "is missing: get a complete file");
        for (Map.Entry<String, JsonNode> piece : vocab.node().properties()) {
            ids.put(piece.getKey(), new JsonPart(vocab.path() + "[\"" + piece.getKey() + "\"]", piece.getValue()).id());
        }
        if (vocab.node().isArray()) { // Unigram: pairs of piece and score
            for (JsonNode piece : vocab.node()) {
                ids.put(piece.path(0).asText(), ids.size());
            }
        }
        return ids;
    }

    /** The ids that the library gives added tokens: that of the piece, else the next one. */
    private Map<String, Integer> number(List<AddedToken> tokens) {
        Map<String, Integer> numbered = new HashMap<>();
        int next = ids.size();
        for (AddedToken token : tokens) {
            int id = ids.getOrDefault(token.content(), next);
            numbered.put(token.content(), id);
            next = Math.max(next, id + 1);
        }
        return numbered;
    }

    /** The model with special pieces under names that no text has: whole words, and the best paths of Unigram, would be them otherwise. */
    private JsonNode withoutSpecial(JsonPart model) {
        if (model.string("type", "BPE").equals("BPE")) {
            return model.node(); // pieces come of merges, which may name them
        }
        ObjectNode copy = model.node().deepCopy();
        JsonNode vocab = copy.get("vocab");
        String unknown = model.string("unk_token", "");
        for (String token : special) {
            if (ids.containsKey(token) && !token.equals(unknown) && vocab instanceof ObjectNode pieces) {
                pieces.set(HIDDEN + token, pieces.remove(token));
            }
        }
        for (JsonNode piece : vocab.isArray() ? vocab : copy.arrayNode()) {
            if (special.contains(piece.path(0).asText())) {
                ((ArrayNode) piece).set(0, HIDDEN + piece.path(0).asText());
            }
        }
        return copy;
    }

    private static HuggingFaceTokenizer load(JsonPart root, List<AddedToken> added, JsonNode model) throws IOException {
        ObjectNode file = (ObjectNode) root.node();
        ObjectNode copy = file.objectNode().setAll(file);
        copy.putNull("truncation").putNull("padding").set("model", model);
        ArrayNode list = copy.putArray("added_tokens");
        added.forEach(token -> list.add(token.json()));
        byte[] json = copy.toString().getBytes(StandardCharsets.UTF_8);
        return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), WHOLE_TEXTS);
    }

    @Override
    public String json() {
        return json;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public OptionalInt id(String token) {
        return ids.containsKey(token) ? OptionalInt.of(ids.get(token)) : OptionalInt.empty();
    }

    @Override
    public int endOfText() {
        return EndOfText.among(name -> special.contains(name) ? id(name) : OptionalInt.empty());
    }

    @Override
    public int[] encode(String text, SpecialTokens... wanted) {
        HuggingFaceTokenizer tokenizer = Arrays.asList(wanted).contains(SpecialTokens.IN_TEXT) ? all : plain;
        boolean around = Arrays.asList(wanted).contains(SpecialTokens.AROUND_TEXT);
        String valid = new String(Utf8.of(text), StandardCharsets.UTF_8).replace(HIDDEN, "\uFFFD");
        return Arrays.stream(tokenizer.encode(valid, around, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    @Override
    public String decode(int[] tokens, boolean skipSpecial) {
        for (int id : tokens) {
            if (id < 0 || id >= size) {
                throw new IllegalArgumentException("id must be in 0 … %d, got %d".formatted(size - 1, id));
            }
        }
        return all.decode(Arrays.stream(tokens).asLongStream().toArray(), skipSpecial);
    }

    @Override
    public int byteLength(int id) {
        return decode(new int[] {id}, true).getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public TokenDecoder decoder(boolean skipSpecial) {
        return new TokenDecoder() {
            private final IntStream.Builder tokens = IntStream.builder();

            @Override
            public String add(int id) {
                tokens.add(id);
                return "";
            }

            @Override
            public String end() {
                return decode(tokens.build().toArray(), skipSpecial);
            }
        };
    }
}
