package kindling.prep.token;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses who does a {@code tokenizer.json}: ours, or Hugging Face's library for what ours does not do. */
final class TokenizerReader {
    private static final Logger LOG = LoggerFactory.getLogger(Tokenizer.class);

    private TokenizerReader() {}

    static Tokenizer read(String json) {
        JsonPart root = TokenizerJson.parse(json);
        JsonPart model = root.part("model");
        model.require(model.node().isObject(), "is missing: is this the right file?");
        try {
            requireBpe(model);
            return new BpeTokenizer(BpeRecipe.read(root), json);
        } catch (ForeignKindException e) {
            LOG.info(
                    "this tokenizer.json is left to ai.djl.huggingface:tokenizers, which is slower: {}",
                    e.getMessage());
            return ForeignTokenizer.of(root, e.getMessage(), json);
        }
    }

    static void requireBpe(JsonPart model) {
        String type = model.string("type", "BPE");
        model.requireOurs(type.equals("BPE"), "is of type %s", type);
    }
}
