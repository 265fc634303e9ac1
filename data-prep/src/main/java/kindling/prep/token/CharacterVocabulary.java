package kindling.prep.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A vocabulary of single characters, written as the {@code tokenizer.json} of a byte-pair encoding without merges: a text is one word, and a word's
 * characters stay apart. A character that is not in it becomes the unknown token.
 *
 * @param points code points, each once, in the order of their ids; the special tokens come behind
 * @param nfc whether texts are brought to Unicode's normal form C first
 * @param specialTokens the unknown token among them
 */
record CharacterVocabulary(List<Integer> points, boolean nfc, List<String> specialTokens) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The code points of an array from the smallest to the largest. */
    static CharacterVocabulary sorted(int[] points, boolean nfc, List<String> specialTokens) {
        List<Integer> sorted = IntStream.of(points).distinct().sorted().boxed().toList();
        return new CharacterVocabulary(sorted, nfc, specialTokens);
    }

    String json() {
        List<String> pieces =
                new ArrayList<>(points.stream().map(Character::toString).toList());
        ObjectNode root = NODES.objectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        specialTokens.forEach(token -> added.add(
                AddedToken.special(points.size() + added.size(), token).json()));
        root.set("normalizer", nfc ? NODES.objectNode().put("type", "NFC") : NODES.nullNode());
        root.putNull("pre_tokenizer").putNull("post_processor");
        root.set("decoder", decoder());
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout").put("unk_token", Tokenizer.UNKNOWN);
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false);
        ObjectNode ids = model.putObject("vocab");
        pieces.addAll(specialTokens);
        pieces.forEach(piece -> ids.put(piece, ids.size()));
        model.putArray("merges");
        return root.toString();
    }

    /** Pieces one behind the other. Fuse alone would do, but as part of a sequence more readers know it. */
    private static ObjectNode decoder() {
        ObjectNode sequence = NODES.objectNode().put("type", "Sequence");
        ArrayNode decoders = sequence.putArray("decoders");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        return sequence;
    }
}
