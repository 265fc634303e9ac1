package kindling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file says in a form of its own, and what it leaves out. */
class ConfigReaderTest {

    /** A small file of that type with these fields in the end, which replace those before. */
    private static String json(String type, String fields) {
        return """
                {"model_type": "%s", "vocab_size": 1000, "hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 2,
                 "num_attention_heads": 8, "head_dim": 16, "max_position_embeddings": 9000, %s}
                """.formatted(type, fields);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "llama|'rope_scaling': 'llama3'|rope_scaling must be an object, got 'llama3'",
                "llama|'rope_theta': 'abc'|rope_theta must be a number, got 'abc'",
                "llama|'rope_scaling': {'rope_theta': true}|rope_theta must be a number, got true",
                "llama|'rope_parameters': {'partial_rotary_factor': 0.5}|partial_rotary_factor 0.5 is not supported",
                "llama|'rope_parameters': {'full_attention': {}}|rope_parameters of its own for each kind of layer is not",
                "llama|'tie_word_embeddings': 'maybe'|tie_word_embeddings must be true or false, got 'maybe'",
                "llama|'rms_norm_eps': '1e-5'|rms_norm_eps must be a number, got '1e-5'",
                "llama|'eos_token_id': ['</s>']|eos_token_id must be a whole number, got '</s>'",
                "kindling|'positions': 'absolute', 'norm': 'rms'|positions must be learned or rotary, got 'absolute'",
                "kindling|'positions': 'rotary', 'norm': 'LayerNorm'|norm must be layer or rms, got 'LayerNorm'",
                "mistral|'sliding_window': null|num_key_value_heads must be a whole number, got nothing",
                "qwen2|'hidden_act': 'silu'|num_key_value_heads must be a whole number, got nothing",
                "qwen3|'hidden_act': 'silu'|num_key_value_heads must be a whole number, got nothing"
            },
            quoteCharacter = '"')
    void refusesWithTheFieldsName(String type, String fields, String mistake) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransformerConfig.fromJson(json(type, fields.replace('\'', '"'))))
                .withMessageContaining("config.json: " + mistake.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "llama|'sliding_window': 100|9000",
                "mistral|'sliding_window': 100|100",
                "mistral|'sliding_window': null|9000",
                "mistral|'sliding_window': 100, 'use_sliding_window': false|9000",
                "mistral|'hidden_act': 'silu'|4096",
                "qwen2|'sliding_window': 100|9000",
                "qwen2|'sliding_window': 100, 'use_sliding_window': true|100",
                "qwen3|'sliding_window': null, 'use_sliding_window': true|9000"
            },
            quoteCharacter = '"')
    void contextEndsWithTheWindowWhereTheClassHasOne(String type, String fields, int context) {
        String json = json(type, "\"num_key_value_heads\": 4, " + fields.replace('\'', '"'));

        assertThat(TransformerConfig.fromJson(json).contextLength()).isEqualTo(context);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'rope_theta': 5e5|500000",
                "'rope_theta': 5e5, 'rope_scaling': {'rope_theta': 7e5}|700000",
                "'rope_theta': 5e5, 'rope_parameters': {'rope_theta': 7e5}|700000",
                "'rope_theta': 5e5, 'rope_parameters': {'rope_type': 'default'}|500000",
                "'rope_theta': null|10000"
            },
            quoteCharacter = '"')
    void thetaIsThatOfTheInnermostThatSaysOne(String fields, double theta) {
        TransformerConfig config = TransformerConfig.fromJson(json("llama", fields.replace('\'', '"')));

        assertThat(config.positions()).isEqualTo(Positions.rotary(theta));
    }

    @Test
    void noNumberOfKeyHeadsIsOneForEachHead() {
        String none = json("mistral", "\"num_key_value_heads\": null");

        assertThat(TransformerConfig.fromJson(none).keyValueHeads()).isEqualTo(8);
        assertThat(TransformerConfig.fromJson(json("llama", "\"hidden_act\": \"silu\""))
                        .keyValueHeads())
                .isEqualTo(8);
    }

    /** Llama 3's ids: its first token is not its last. */
    @Test
    void firstTokenOfALlamaIsNotMadeUp() {
        String published = json("llama", "\"bos_token_id\": 900, \"eos_token_id\": [901, 908, 909]");

        TransformerConfig config = TransformerConfig.fromJson(published);

        assertThat(config.endId()).isEqualTo(901);
        assertThat(config.toJson()).contains("\"eos_token_id\" : 901").doesNotContain("bos_token_id");
        assertThat(TransformerConfig.preset("gpt2").withEndId(50_256).toJson())
                .contains("\"bos_token_id\" : 50256", "\"eos_token_id\" : 50256");
    }
}
