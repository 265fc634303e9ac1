package kindling.jobs.infer;

import java.util.List;
import java.util.Map;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.token.Tokenizer;

/** Tokenizers that tests can reckon with. */
public final class TinyTokenizer {
    private TinyTokenizer() {}

    /** One id for each byte, and the end of text. */
    public static Tokenizer bytes() {
        return BpeTrainer.train(Map.of(), 257, "gpt2", List.of(Tokenizer.END_OF_TEXT));
    }

    /** The same with the special tokens of chats. */
    public static Tokenizer chat() {
        return BpeTrainer.train(Map.of(), 259, "gpt2", List.of(Tokenizer.END_OF_TEXT, "<|im_start|>", "<|im_end|>"));
    }
}
