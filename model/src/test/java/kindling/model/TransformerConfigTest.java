package kindling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Optional;
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

    /** 6 (124,439,808 - 1024 * 768) + 12 * 12 * 768 * 1024. */
    @Test
    void gpt2NeedsItsNumberOfOperationsForAToken() {
        assertThat(TransformerConfig.preset("gpt2").flopsPerToken(1024)).isEqualTo(855_166_464);
    }

    /** Heads of keys and values that are shared save parameters, but no scores. */
    @Test
    void countsScoresByQueryHeads() {
        TransformerConfig config = Shapes.llama(100, 64, 3, 4, 2, 10, 32, 72);

        assertThat(config.flopsPerToken(20) - config.flopsPerToken(0)).isEqualTo(12 * 3 * 4 * 10 * 20);
        assertThat(config.flopsPerToken(0)).isEqualTo(6 * config.parameterCount());
    }

    @Test
    void withoutBiasesSurvivesItsJson() {
        TransformerConfig config = TransformerConfig.preset("nano").toBuilder()
                .biases(Biases.none())
                .build();

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
        assertThat(config.positions()).isEqualTo(Positions.rotary(500_000));
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
                "{\"model_type\": \"qwen2\", \"vocab_size\": 9}",
                "{\"model_type\": \"gpt2\", \"scale_attn_weights\": false}",
                "{\"model_type\": \"llama\", \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4}}"
            })
    void refusesWhatItCannotCompute(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> TransformerConfig.fromJson(json));
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransformerConfig.llama(5, 8, 1, 3, 12, 48).toBuilder()
                        .vocabularySize(0)
                        .keyValueHeads(2)
                        .headDim(3)
                        .logitSoftCap(-1)
                        .build())
                .withMessageContaining("headDim must be even for rotary positions, got 3")
                .withMessageContaining("logitSoftCap must be > 0, or 0 for none, got -1.0")
                .withMessageContaining("vocabularySize must be 1..16777216, got 0")
                .withMessageContaining("heads must be a multiple of keyValueHeads, got 3 and 2");
    }

    @Test
    void refusesSizesWhoseProductsNoModelHas() {
        TransformerConfig config = TransformerConfig.llama(5, 8, 1, 4, 16, 48);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.toBuilder()
                        .heads(1 << 16)
                        .keyValueHeads(1 << 16)
                        .headDim(1 << 16)
                        .build())
                .withMessage("not a transformer: heads * headDim must be at most 16777216, got 65536 heads, 65536 "
                        + "keyValueHeads and headDim 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.toBuilder()
                        .layers(4097)
                        .heads(65_537)
                        .keyValueHeads(65_537)
                        .build())
                .withMessageContaining("layers must be 1..4096, got 4097")
                .withMessageContaining("heads must be 1..65536, got 65537")
                .withMessageContaining("keyValueHeads must be 1..65536, got 65537");
    }

    @Test
    void namesThePartThatIsNull() {
        ConfigBuilder builder = TransformerConfig.preset("nano").toBuilder();

        assertThatNullPointerException()
                .isThrownBy(() -> builder.positions(null).build())
                .withMessage("positions");
    }

    @Test
    void unknownPresetListsTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransformerConfig.preset("giant"))
                .withMessage("no preset 'giant', known are gpt2, llama-micro, llama-mini, llama-nano, llama-small, "
                        + "micro, mini, nano, shakespeare, shakespeare-best, shakespeare-llama");
    }

    @Test
    void smallerVocabularyForgetsAnEndIdItDoesNotReach() {
        TransformerConfig config = TransformerConfig.preset("nano").withEndId(8000);

        assertThat(config.withVocabularySize(512).endId()).isEqualTo(-1);
        assertThat(config.withVocabularySize(9000).endId()).isEqualTo(8000);
    }

    static List<TransformerConfig> everyModelType() {
        TransformerConfig llama = TransformerConfig.llama(300, 64, 2, 4, 32, 88);
        TransformerConfig gpt2 = TransformerConfig.gpt2(300, 64, 2, 4, 32);
        RotaryScaling scaling = new RotaryScaling(8, 1, 4, 32);
        return List.of(
                gpt2,
                Shapes.with(gpt2, Nonlinearity.GELU_ERF, false),
                gpt2.toBuilder().biases(Biases.none()).build(),
                llama,
                Shapes.with(llama, Nonlinearity.GELU_TANH, true),
                llama.toBuilder().biases(new Biases(false, true, true, true)).build(),
                llama.toBuilder()
                        .positions(new Positions.Rotary(5e5, Optional.of(scaling)))
                        .build(),
                llama.toBuilder()
                        .biases(Biases.ofQueriesKeysValues())
                        .keyValueHeads(2)
                        .build(),
                Shapes.queryKeyNorm(llama).toBuilder().headDim(16).build(),
                Shapes.with(llama, Nonlinearity.RELU_SQUARED, false),
                llama.toBuilder().logitSoftCap(15).build(),
                Shapes.queryKeyNorm(gpt2).toBuilder().keyValueHeads(1).build(),
                llama.toBuilder()
                        .positions(Positions.learned())
                        .normalization(Normalization.LAYER)
                        .biases(new Biases(true, false, true, false))
                        .tiedHead(false)
                        .build(),
                llama.toBuilder()
                        .positions(Positions.learned())
                        .keyValueHeads(2)
                        .headDim(5)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("everyModelType")
    void everyChoiceSurvivesItsJson(TransformerConfig config) {
        assertThat(TransformerConfig.fromJson(config.toJson())).isEqualTo(config);
    }

    @Test
    void modelTypesAreThoseOfTheClassesThatComputeTheSame() {
        assertThat(everyModelType())
                .extracting(TransformerConfig::modelType)
                .containsExactly(
                        "gpt2",
                        "gpt2",
                        "gpt2",
                        "llama",
                        "llama",
                        "llama",
                        "llama",
                        "qwen2",
                        "qwen3",
                        "kindling",
                        "kindling",
                        "kindling",
                        "kindling",
                        "kindling");
    }

    /** The published files of Llama 3.2 1B, Qwen2.5 0.5B, Qwen3 0.6B and SmolLM2 135M, without what changes nothing. */
    @Test
    void readsPublishedConfigs() {
        TransformerConfig llama = TransformerConfig.fromJson("""
                {"model_type": "llama", "hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16, "head_dim": 64,
                 "num_attention_heads": 32, "num_key_value_heads": 8, "max_position_embeddings": 131072, "vocab_size": 128256,
                 "rms_norm_eps": 1e-05, "rope_theta": 500000.0, "tie_word_embeddings": true, "hidden_act": "silu",
                 "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0, "rope_type": "llama3",
                 "original_max_position_embeddings": 8192}, "torch_dtype": "bfloat16", "pretraining_tp": 1}
                """);
        TransformerConfig qwen2 = TransformerConfig.fromJson("""
                {"model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_hidden_layers": 24, "vocab_size":
                 151936, "num_attention_heads": 14, "num_key_value_heads": 2, "max_position_embeddings": 32768, "rms_norm_eps":
                 1e-06, "rope_theta": 1000000.0, "sliding_window": 32768, "use_sliding_window": false, "tie_word_embeddings": true}
                """);
        TransformerConfig qwen3 = TransformerConfig.fromJson("""
                {"model_type": "qwen3", "hidden_size": 1024, "intermediate_size": 3072, "num_hidden_layers": 28, "head_dim": 128,
                 "num_attention_heads": 16, "num_key_value_heads": 8, "max_position_embeddings": 40960, "vocab_size": 151936,
                 "rms_norm_eps": 1e-06, "rope_theta": 1000000, "rope_scaling": null, "sliding_window": null,
                 "tie_word_embeddings": true, "attention_bias": false, "use_sliding_window": false}
                """);
        TransformerConfig smol = TransformerConfig.fromJson("""
                {"model_type": "llama", "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30, "vocab_size": 49152,
                 "num_attention_heads": 9, "num_key_value_heads": 3, "max_position_embeddings": 8192, "rms_norm_eps": 1e-05,
                 "rope_theta": 100000, "tie_word_embeddings": true, "is_llama_config": true, "rope_interleaved": false}
                """);

        assertThat(llama.parameterCount()).isEqualTo(1_235_814_400);
        assertThat(qwen2.parameterCount()).isEqualTo(494_032_768);
        assertThat(qwen3.parameterCount()).isEqualTo(596_049_920);
        assertThat(smol.parameterCount()).isEqualTo(134_515_008);
    }

    /** Waves of 8192 / 1 positions and longer are slowed by the factor, those of 8192 / 4 and shorter stay (Llama 3.1). */
    @Test
    void scalesLongWavesOnly() {
        Positions.Rotary plain = new Positions.Rotary(5e5);
        Positions.Rotary scaled = new Positions.Rotary(5e5, Optional.of(new RotaryScaling(32, 1, 4, 8192)));

        assertThat(scaled.frequency(0, 64)).isEqualTo(plain.frequency(0, 64));
        assertThat(scaled.frequency(14, 64)).isEqualTo(plain.frequency(14, 64));
        assertThat(scaled.frequency(31, 64)).isEqualTo(plain.frequency(31, 64) / 32);
        assertThat(scaled.frequency(16, 64)).isBetween(plain.frequency(16, 64) / 32, plain.frequency(16, 64));
    }
}
