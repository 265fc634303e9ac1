package kindling.prep.token;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** Which token ends a document, in vocabularies of several families. */
final class EndOfText {
    /**
     * Names in the order of preference. What ends documents comes before what ends turns of a chat: a chat model has both, and its base model
     * was trained with the first. Only special tokens count: {@code </s>} may also be a piece of HTML.
     */
    static final List<String> NAMES = List.of(
            Tokenizer.END_OF_TEXT, // GPT-2, GPT-4o, Qwen, Phi, StarCoder, and every vocabulary trained here
            "<|end_of_text|>", // Llama 3
            "</s>", // Llama 2, Mistral, T5, RoBERTa
            "<eos>", // Gemma
            "<｜end▁of▁sentence｜>", // DeepSeek
            "[SEP]", // BERT
            "<|im_end|>", // ChatML
            "<|eot_id|>", // Llama 3, chat
            "<end_of_turn>"); // Gemma, chat

    private EndOfText() {}

    /** @param special the id of a special token */
    static int among(Function<String, OptionalInt> special) {
        return NAMES.stream()
                .map(special)
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the vocabulary has none of %s, which end documents, as a special token: add one to added_tokens"
                                .formatted(NAMES)));
    }
}
