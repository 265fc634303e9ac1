package kindling.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * Reads Hugging Face's {@code config.json}. What a file does not say is what the class of its {@code model_type} assumes;
 * what it asks for and we do not compute is refused.
 *
 * <p>To add a model type whose parts are all here: a line in {@link #read}, and one in {@link ConfigWriter#modelType}.
 */
final class ConfigReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Where every file of the kind starts; its sizes are read. */
    private static final TransformerConfig LLAMA = TransformerConfig.llama(1, 1, 1, 1, 2, 1);
    /** Qwen3Config's own. */
    private static final int QWEN3_HEAD_DIM = 128;

    private final JsonNode node;

    private ConfigReader(JsonNode node) {
        this.node = node;
    }

    static TransformerConfig read(String json) {
        ConfigReader reader = new ConfigReader(parse(json));
        String type = reader.node.path("model_type").asText("");
        return switch (type) {
            case "gpt2" -> reader.gpt2();
            case "llama", "mistral" -> reader.llama(reader.flag("attention_bias", false), false);
            case "qwen2" -> reader.qwen2();
            case "qwen3" -> reader.llama(reader.flag("attention_bias", false), true);
            case "kindling" -> reader.own();
            default ->
                throw new IllegalArgumentException(
                        "model_type must be gpt2, llama, mistral, qwen2, qwen3 or kindling, got '" + type + "'");
        };
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("config.json is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private TransformerConfig gpt2() {
        refuse("scale_attn_by_inverse_layer_idx", flag("scale_attn_by_inverse_layer_idx", false));
        refuse("add_cross_attention", flag("add_cross_attention", false));
        refuse("scale_attn_weights false", !flag("scale_attn_weights", true));
        int width = integer("n_embd");
        int heads = integer("n_head");
        return TransformerConfig.gpt2(integer("vocab_size"), integer("n_positions"), integer("n_layer"), heads, width)
                .toBuilder()
                .headDim(quotient(width, heads))
                .hidden(node.hasNonNull("n_inner") ? integer("n_inner") : 4 * width)
                .normEpsilon(number("layer_norm_epsilon", 1e-5))
                .nonlinearity(
                        Nonlinearity.named(node.path("activation_function").asText("gelu_new")))
                .biases(flag(ConfigWriter.BIASES, true) ? Biases.all() : Biases.none())
                .tiedHead(flag("tie_word_embeddings", true))
                .endId(endId())
                .build();
    }

    /** Biases on queries, keys and values only, in every file: Qwen2Config has no word for it. */
    private TransformerConfig qwen2() {
        return llama(false, false).toBuilder()
                .biases(Biases.ofQueriesKeysValues())
                .build();
    }

    private TransformerConfig llama(boolean attentionBias, boolean queryKeyNorm) {
        int width = integer("hidden_size");
        int heads = integer("num_attention_heads");
        return LLAMA.toBuilder()
                .vocabularySize(integer("vocab_size"))
                .contextLength(context())
                .layers(integer("num_hidden_layers"))
                .heads(heads)
                .width(width)
                .hidden(integer("intermediate_size"))
                .keyValueHeads(node.hasNonNull("num_key_value_heads") ? integer("num_key_value_heads") : heads)
                .headDim(headDim(width, heads, queryKeyNorm))
                .positions(rotary())
                .normEpsilon(number("rms_norm_eps", 1e-6))
                .nonlinearity(Nonlinearity.named(node.path("hidden_act").asText("silu")))
                .biases(new Biases(false, attentionBias, attentionBias, flag("mlp_bias", false)))
                .queryKeyNorm(queryKeyNorm)
                .tiedHead(flag("tie_word_embeddings", false))
                .endId(endId())
                .build();
    }

    private int headDim(int width, int heads, boolean queryKeyNorm) {
        if (node.hasNonNull("head_dim")) {
            return integer("head_dim");
        }
        return queryKeyNorm ? QWEN3_HEAD_DIM : quotient(width, heads);
    }

    /** Within its sliding window, a model that has one computes what a model without computes. */
    private int context() {
        int length = integer("max_position_embeddings");
        boolean sliding = node.hasNonNull("sliding_window") && flag("use_sliding_window", true);
        return sliding ? Math.min(length, integer("sliding_window")) : length;
    }

    private Positions rotary() {
        refuse("partial_rotary_factor", number("partial_rotary_factor", 1) != 1);
        JsonNode newer = node.path("rope_parameters");
        JsonNode scaling = node.hasNonNull("rope_scaling") ? node.path("rope_scaling") : newer;
        double theta = number("rope_theta", newer.path("rope_theta").asDouble(1e4));
        String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
        return switch (type) {
            case "default" -> new Positions.Rotary(theta);
            case "llama3" -> new Positions.Rotary(theta, Optional.of(scaling(new ConfigReader(scaling))));
            default -> throw new IllegalArgumentException("rope_type must be default or llama3, got '" + type + "'");
        };
    }

    private RotaryScaling scaling(ConfigReader scaling) {
        return new RotaryScaling(
                scaling.number("factor", Double.NaN),
                scaling.number("low_freq_factor", Double.NaN),
                scaling.number("high_freq_factor", Double.NaN),
                scaling.integer("original_max_position_embeddings"));
    }

    /** Every part by its own name, as {@link ConfigWriter} gives them. */
    private TransformerConfig own() {
        boolean learned = node.path(ConfigWriter.POSITIONS).asText().equals(ConfigWriter.LEARNED);
        boolean layerNorm = node.path(ConfigWriter.NORM).asText().equals(ConfigWriter.LAYER_NORM);
        return llama(false, false).toBuilder()
                .positions(learned ? Positions.learned() : rotary())
                .normalization(layerNorm ? Normalization.LAYER : Normalization.RMS)
                .gated(flag(ConfigWriter.GATED, true))
                .biases(new Biases(
                        flag(ConfigWriter.NORM_BIASES, false),
                        flag(ConfigWriter.QKV_BIASES, false),
                        flag(ConfigWriter.OUTPUT_BIASES, false),
                        flag(ConfigWriter.MLP_BIASES, false)))
                .queryKeyNorm(flag(ConfigWriter.QUERY_KEY_NORM, false))
                .logitSoftCap(number(ConfigWriter.SOFT_CAP, 0))
                .build();
    }

    private boolean flag(String field, boolean otherwise) {
        return node.path(field).asBoolean(otherwise);
    }

    private double number(String field, double otherwise) {
        return node.path(field).asDouble(otherwise);
    }

    private static void refuse(String what, boolean asked) {
        if (asked) {
            throw new IllegalArgumentException("config.json: " + what + " is not supported");
        }
    }

    private int integer(String field) {
        JsonNode value = node.path(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("config.json: " + field + " must be a whole number, got "
                    + (value.isMissingNode() ? "nothing" : value));
        }
        return value.intValue();
    }

    private static int quotient(int width, int heads) {
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "the width must be a multiple of the heads, got " + width + " and " + heads);
        }
        return width / heads;
    }

    /** The first end id where a file lists several. */
    private int endId() {
        JsonNode end = node.path("eos_token_id");
        return (end.isArray() ? end.path(0) : end).asInt(-1);
    }
}
