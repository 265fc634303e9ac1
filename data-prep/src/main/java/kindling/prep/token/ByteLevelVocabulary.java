package kindling.prep.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import kindling.prep.words.Pretokenizer;

/**
 * A byte-level vocabulary made here, written as the {@code tokenizer.json} that every version of Hugging Face's library reads with the same ids; the same bytes
 * for the same vocabulary.
 *
 * @param pieces by id, spelled in the {@link ByteAlphabet}
 * @param merges pairs (left id, right id) in the order of their rank
 * @param ignoreMerges whether a word that is a piece is that piece, even if merging would not give it
 */
record ByteLevelVocabulary(
        String pattern,
        boolean nfc,
        List<String> pieces,
        List<int[]> merges,
        boolean ignoreMerges,
        List<String> specialTokens) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    String json() {
        ObjectNode root = NODES.objectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        specialTokens.forEach(token -> added.add(
                AddedToken.special(pieces.size() + added.size(), token).json()));
        root.set("normalizer", nfc ? NODES.objectNode().put("type", "NFC") : NODES.nullNode());
        root.set("pre_tokenizer", pretokenizer());
        root.putNull("post_processor");
        root.set("decoder", byteLevel(true));
        root.set("model", model());
        return root.toString();
    }

    /** What training gives: the 256 bytes in the order of the {@link ByteAlphabet}, then what merge 0, 1, … makes. */
    static ByteLevelVocabulary trained(String pattern, boolean nfc, List<int[]> merges, List<String> specialTokens) {
        List<String> pieces = new ArrayList<>();
        for (int rank = 0; rank < ByteAlphabet.SIZE; rank++) {
            pieces.add(ByteAlphabet.spell(ByteAlphabet.at(rank)));
        }
        merges.forEach(merge -> pieces.add(pieces.get(merge[0]) + pieces.get(merge[1])));
        return new ByteLevelVocabulary(pattern, nfc, pieces, merges, false, specialTokens);
    }

    private ObjectNode model() {
        ObjectNode model = NODES.objectNode().put("type", "BPE");
        model.putNull("dropout").putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
        model.put("fuse_unk", false).put("byte_fallback", false);
        if (ignoreMerges) {
            model.put("ignore_merges", true);
        }
        ObjectNode ids = model.putObject("vocab");
        pieces.forEach(piece -> put(ids, piece));
        specialTokens.forEach(token -> put(ids, token));
        ArrayNode lines = model.putArray("merges");
        merges.forEach(merge -> lines.add(pieces.get(merge[0]) + ' ' + pieces.get(merge[1])));
        return model;
    }

    private static void put(ObjectNode ids, String piece) {
        if (ids.has(piece)) {
            throw new IllegalArgumentException(
                    "ids %s and %d are both spelled \"%s\"".formatted(ids.get(piece), ids.size(), piece));
        }
        ids.put(piece, ids.size());
    }

    private ObjectNode pretokenizer() {
        if (pattern.equals("gpt2")) {
            return byteLevel(true);
        }
        ObjectNode split = NODES.objectNode().put("type", "Split");
        split.putObject("pattern").put("Regex", Pretokenizer.named(pattern).regex());
        split.put("behavior", "Isolated").put("invert", false);
        ObjectNode sequence = NODES.objectNode().put("type", "Sequence");
        sequence.putArray("pretokenizers").add(split).add(byteLevel(false));
        return sequence;
    }

    private static ObjectNode byteLevel(boolean useRegex) {
        return NODES.objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", useRegex);
    }
}
