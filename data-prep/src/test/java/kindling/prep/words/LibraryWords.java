package kindling.prep.words;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kindling.prep.token.ByteAlphabet;

/** How Hugging Face's library cuts text at a regular expression: a tokenizer of its own with one id for each byte. */
final class LibraryWords implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HuggingFaceTokenizer library;

    LibraryWords(String regex) throws IOException {
        System.setProperty("ai.djl.offline", "true");
        library = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(tokenizerJson(regex).getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false"));
    }

    /** The number of UTF-8 bytes of each word. */
    List<Integer> lengths(String text) {
        long[] words = library.encode(text, false, false).getWordIds();
        List<Integer> lengths = new ArrayList<>();
        for (int from = 0, to = 0; to < words.length; from = to) {
            while (to < words.length && words[to] == words[from]) {
                to++;
            }
            lengths.add(to - from);
        }
        return lengths;
    }

    @Override
    public void close() {
        library.close();
    }

    private static String tokenizerJson(String regex) {
        ObjectNode tree = JSON.createObjectNode();
        ObjectNode sequence = tree.putObject("pre_tokenizer").put("type", "Sequence");
        ObjectNode split = sequence.putArray("pretokenizers").addObject().put("type", "Split");
        split.put("behavior", "Isolated")
                .put("invert", false)
                .putObject("pattern")
                .put("Regex", regex);
        ObjectNode bytes = sequence.withArray("pretokenizers").addObject().put("type", "ByteLevel");
        bytes.put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", false);
        ObjectNode vocabulary = tree.putObject("model").put("type", "BPE").putObject("vocab");
        for (int rank = 0; rank < ByteAlphabet.SIZE; rank++) {
            vocabulary.put(ByteAlphabet.spell(ByteAlphabet.at(rank)), rank);
        }
        tree.withObject("/model").putArray("merges");
        return tree.toString();
    }
}
