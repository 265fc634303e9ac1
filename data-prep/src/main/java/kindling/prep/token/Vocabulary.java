package kindling.prep.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which piece has which id: {@code model.vocab} and {@code added_tokens} together. Ids may leave gaps, as some published files do.
 *
 * <p>An added token that {@code model.vocab} lacks has, for Hugging Face's library, the next id after all before it, whatever the file says; a file
 * that says otherwise is foreign.
 */
final class Vocabulary {
    private final Map<String, Integer> pieces = new HashMap<>();
    private final Map<String, AddedToken> added = new HashMap<>();
    /** By id; null in a gap. */
    private final String[] spellings;

    private Vocabulary(JsonPart vocab, List<AddedToken> tokens) {
        int largest = tokens.stream().mapToInt(AddedToken::id).max().orElse(0);
        for (Map.Entry<String, JsonNode> piece : vocab.node().properties()) {
            int id = new JsonPart(vocab.path() + "[\"" + piece.getKey() + "\"]", piece.getValue()).id();
            pieces.put(piece.getKey(), id);
            largest = Math.max(largest, id);
        }
        spellings = new String[largest + 1];
        pieces.forEach((piece, id) -> {
            vocab.require(
                    spellings[id] == null,
                    "gives id %d to \"%s\" and to \"%s\": is the file damaged?",
                    id,
                    spellings[id],
                    piece);
            spellings[id] = piece;
        });
    }

    /**
     * Reads the vocabulary.
     *
     * @throws IllegalArgumentException when it is missing, when an id is absurd or taken twice, or when the two lists contradict each other
     */
    static Vocabulary read(JsonPart vocab, JsonPart addedTokens, List<AddedToken> tokens) {
        vocab.require(vocab.node().isObject() && !vocab.node().isEmpty(), "is missing or empty: get a complete file");
        Vocabulary vocabulary = new Vocabulary(vocab, tokens);
        int next = vocab.node().size();
        for (AddedToken token : tokens) {
            vocabulary.add(token, next, addedTokens);
            next = Math.max(next, token.id() + 1);
        }
        return vocabulary;
    }

    private void add(AddedToken token, int next, JsonPart list) {
        String content = token.content();
        list.require(added.put(content, token) == null, "has \"%s\" twice: remove one", content);
        Integer inVocabulary = pieces.get(content);
        list.require(
                inVocabulary == null || inVocabulary == token.id(),
                "gives \"%s\" id %d, model.vocab gives it %s: one of them is wrong",
                content,
                token.id(),
                inVocabulary);
        list.require(
                inVocabulary != null || spellings[token.id()] == null,
                "gives \"%s\" id %d, which is that of \"%s\": give it a free one",
                content,
                token.id(),
                spellings[token.id()]);
        list.requireOurs(
                inVocabulary != null || token.id() == next,
                "gives \"%s\" id %d, which the format makes %d",
                content,
                token.id(),
                next);
        spellings[token.id()] = content;
    }

    /** One more than the largest id. */
    int size() {
        return spellings.length;
    }

    /** The spelling of an id; null in a gap. */
    String spelling(int id) {
        return spellings[id];
    }

    /** The spellings of {@code model.vocab}, in no order. */
    Stream<String> pieces() {
        return pieces.keySet().stream();
    }

    /** The id of a piece of {@code model.vocab}; null where there is none. */
    Integer pieceId(String spelling) {
        return pieces.get(spelling);
    }

    /** The added token of this content; null where there is none. */
    AddedToken added(String content) {
        return added.get(content);
    }

    /** Whether this is the content of a special token. */
    boolean isSpecial(String content) {
        AddedToken token = added.get(content);
        return token != null && token.special();
    }

    /** The merges of {@code model.merges}, written {@code "a b"} or {@code ["a", "b"]}, in the order of their rank. */
    List<Merges.Merge> merges(JsonPart part) {
        part.require(part.node().isArray(), "is missing: get a complete file");
        List<Merges.Merge> merges = new ArrayList<>(part.node().size());
        for (JsonNode line : part.node()) {
            if (line.isTextual() && line.textValue().startsWith("#version")) {
                continue; // the first line of a merges.txt, which that library passes over too
            }
            String[] pair = line.isArray()
                    ? new String[] {line.path(0).asText(), line.path(1).asText()}
                    : line.asText().split(" ", -1);
            boolean isPair = line.isArray() ? line.size() == 2 : line.isTextual() && pair.length == 2;
            part.require(isPair, "[%d] must be a pair of pieces, is %s", merges.size(), line);
            merges.add(new Merges.Merge(
                    merged(part, merges.size(), pair[0]),
                    merged(part, merges.size(), pair[1]),
                    merged(part, merges.size(), pair[0] + pair[1])));
        }
        return merges;
    }

    private int merged(JsonPart part, int rank, String piece) {
        Integer id = pieces.get(piece);
        part.require(id != null, "[%d] names \"%s\", which model.vocab lacks: get a complete file", rank, piece);
        return id;
    }
}
