package kindling.jobs.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kindling.model.TransformerConfig;

/**
 * What a step of a benchmark works on: {@code L,H,C,T,B,V}.
 *
 * @param layers L
 * @param heads H
 * @param width C
 * @param length T, positions of a sequence and of the model's context
 * @param rows B, sequences of a step
 * @param vocabulary V
 */
record ModelShape(int layers, int heads, int width, int length, int rows, int vocabulary) {
    static final String GPT2 = "gpt2";

    /** Values of {@code model_type}; all but the first have rotary positions, RMS norm and SwiGLU. */
    static final List<String> FAMILIES = List.of(GPT2, "llama", "mistral", "qwen2", "qwen3");

    /** @throws IllegalArgumentException when the text is not six numbers, of which the width is a multiple of the heads */
    static ModelShape parse(String text) {
        int[] numbers;
        try {
            numbers = Stream.of(text.split(",", -1))
                    .mapToInt(part -> Integer.parseInt(part.strip()))
                    .toArray();
        } catch (NumberFormatException e) {
            numbers = new int[0];
        }
        if (numbers.length != 6 || Arrays.stream(numbers).anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException(
                    "--shape is L,H,C,T,B,V (layers, heads, width, context, batch, vocabulary), each >= 1, got "
                            + text);
        }
        if (numbers[2] % numbers[1] != 0) {
            throw new IllegalArgumentException("--shape: the width must be a multiple of the heads, got %d and %d"
                    .formatted(numbers[2], numbers[1]));
        }
        return new ModelShape(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    /** The model of a family: tied head, hidden width 4 C, or 8/3 C up to a multiple of 32 where it is gated. */
    TransformerConfig config(String family) {
        return TransformerConfig.fromJson(family.equals(GPT2) ? gpt2() : gated(family));
    }

    private String gpt2() {
        return """
                {"model_type": "gpt2", "n_layer": %d, "n_head": %d, "n_embd": %d, "n_positions": %d, "vocab_size": %d}
                """.formatted(layers, heads, width, length, vocabulary);
    }

    private String gated(String family) {
        int hidden = (8 * width / 3 + 31) / 32 * 32;
        return """
                {"model_type": "%s", "num_hidden_layers": %d, "num_attention_heads": %d, "num_key_value_heads": %d, "hidden_size": %d,
                 "head_dim": %d, "intermediate_size": %d, "max_position_embeddings": %d, "vocab_size": %d, "rms_norm_eps": 1e-5,
                 "tie_word_embeddings": true}
                """.formatted(family, layers, heads, heads, width, width / heads, hidden, length, vocabulary);
    }

    /** Tokens of a step. */
    int tokens() {
        return Math.multiplyExact(rows, length);
    }
}
