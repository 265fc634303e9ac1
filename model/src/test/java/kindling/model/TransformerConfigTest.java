package kindling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformerConfigTest {

    static Iterable<String> presets() {
        return TransformerConfig.presets();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetSurvivesItsJson(String name) {
        TransformerConfig config = TransformerConfig.preset(name).withEndId(3);

        assertThat(TransformerConfig.fromJson(config.toJson())).isEqualTo(config);
    }

    @Test
    void gpt2HasItsPublishedNumberOfParameters() {
        assertThat(TransformerConfig.preset("gpt2").parameterCount()).isEqualTo(124_439_808);
    }

    @Test
    void withoutBiasesSurvivesItsJson() {
        TransformerConfig config = TransformerConfig.preset("nano").withBiases(false);

        assertThat(TransformerConfig.fromJson(config.toJson())).isEqualTo(config);
        assertThat(config.parameterCount())
                .isLessThan(TransformerConfig.preset("nano").parameterCount());
    }

    @Test
    void readsPublishedGpt2Config() {
        TransformerConfig config = TransformerConfig.fromJson("""
                {"model_type": "gpt2", "activation_function": "gelu_new", "vocab_size": 50257, "n_ctx": 1024,
                 "n_positions": 1024, "n_embd": 768, "n_layer": 12, "n_head": 12, "layer_norm_epsilon": 1e-05,
                 "bos_token_id": 50256, "eos_token_id": 50256, "attn_pdrop": 0.1}
                """);

        assertThat(config).isEqualTo(TransformerConfig.preset("gpt2").withEndId(50_256));
    }

    @Test
    void readsGroupedQueryLlamaConfigWithListOfEndIds() {
        TransformerConfig config = TransformerConfig.fromJson("""
                {"model_type": "llama", "vocab_size": 1000, "hidden_size": 64, "intermediate_size": 160,
                 "num_hidden_layers": 2, "num_attention_heads": 8, "num_key_value_heads": 2, "head_dim": 16,
                 "max_position_embeddings": 128, "rms_norm_eps": 1e-6, "rope_parameters": {"rope_theta": 500000.0,
                 "rope_type": "default"}, "eos_token_id": [7, 8]}
                """);

        assertThat(config.keyValueHeads()).isEqualTo(2);
        assertThat(config.headDim()).isEqualTo(16);
        assertThat(config.ropeTheta()).isEqualTo(500_000);
        assertThat(config.tiedHead()).isFalse();
        assertThat(config.endId()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "{",
                "{\"model_type\": \"bert\"}",
                "{\"model_type\": \"gpt2\", \"n_embd\": \"wide\", \"n_head\": 4}",
                "{\"model_type\": \"gpt2\", \"n_embd\": 10, \"n_head\": 4}",
                "{\"model_type\": \"gpt2\", \"activation_function\": \"relu\"}",
                "{\"model_type\": \"llama\", \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4}}"
            })
    void refusesWhatItCannotCompute(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> TransformerConfig.fromJson(json));
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransformerConfig("gpt3", 0, 8, 1, 3, 2, 4, 12, 48, 1e-5, 1e4, true, true, -1))
                .withMessageContaining("family must be gpt2 or llama, got gpt3")
                .withMessageContaining("vocabularySize must be 1..16777216, got 0")
                .withMessageContaining("heads must be a multiple of keyValueHeads, got 3 and 2");
    }

    @Test
    void unknownPresetListsTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransformerConfig.preset("giant"))
                .withMessage("no preset 'giant', known are gpt2, llama-micro, llama-mini, llama-nano, llama-small, "
                        + "micro, mini, nano");
    }

    @Test
    void smallerVocabularyForgetsAnEndIdItDoesNotReach() {
        TransformerConfig config = TransformerConfig.preset("nano").withEndId(8000);

        assertThat(config.withVocabularySize(512).endId()).isEqualTo(-1);
        assertThat(config.withVocabularySize(9000).endId()).isEqualTo(8000);
    }
}
