package kindling.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * Reads Hugging Face's {@code config.json}. What a file does not say is what the class of its {@code model_type} assumes;
 * what it asks for and we do not compute is refused, and so is what it says in another form than that class.
 *
 * <p>To add a model type whose parts are all here: a line in {@link #read}, and one in {@link ConfigWriter#modelType}.
 */
final class ConfigReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    // Where every file of a kind starts; its sizes are read.
    private static final TransformerConfig GPT2 = TransformerConfig.gpt2(1, 1, 1, 1, 1);
    private static final TransformerConfig LLAMA = TransformerConfig.llama(1, 1, 1, 1, 2, 1);
    /** Qwen3Config's own. */
    private static final int QWEN3_HEAD_DIM = 128;
    /** MistralConfig's own. */
    private static final int MISTRAL_WINDOW = 4096;

    private final JsonNode node;
    private final String type;

    private ConfigReader(JsonNode node) {
        this.node = node;
        this.type = node.path("model_type").asText("");
    }

    static TransformerConfig read(String json) {
        ConfigReader reader = new ConfigReader(parse(json));
        ConfigBuilder builder = switch (reader.type) {
            case "gpt2" -> reader.gpt2();
            case "llama", "mistral" -> reader.llama().biases(reader.llamaBiases());
            case "qwen2" -> reader.llama().biases(Biases.ofQueriesKeysValues());
            case "qwen3" -> reader.llama().biases(reader.llamaBiases()).queryKeyNorm(true);
            case "kindling" -> reader.own();
            default ->
                throw new IllegalArgumentException(
                        "model_type must be gpt2, llama, mistral, qwen2, qwen3 or kindling, got '" + reader.type + "'");
        };
        return builder.build();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("config.json is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private ConfigBuilder gpt2() {
        refuse("scale_attn_by_inverse_layer_idx", flag("scale_attn_by_inverse_layer_idx", false));
        refuse("add_cross_attention", flag("add_cross_attention", false));
        refuse("scale_attn_weights false", !flag("scale_attn_weights", true));
        int width = integer("n_embd");
        int heads = integer("n_head");
        return GPT2.toBuilder()
                .vocabularySize(integer("vocab_size"))
                .contextLength(integer("n_positions"))
                .layers(integer("n_layer"))
                .heads(heads)
                .keyValueHeads(heads)
                .width(width)
                .headDim(quotient(width, heads))
                .hidden(node.hasNonNull("n_inner") ? integer("n_inner") : 4 * width)
                .normEpsilon(number("layer_norm_epsilon", 1e-5))
                .nonlinearity(
                        Nonlinearity.named(node.path("activation_function").asText("gelu_new")))
                .biases(flag(ConfigWriter.BIASES, true) ? Biases.all() : Biases.none())
                .tiedHead(flag("tie_word_embeddings", true))
                .endId(endId());
    }

    /** What all but GPT-2 have in common. */
    private ConfigBuilder llama() {
        int width = integer("hidden_size");
        int heads = integer("num_attention_heads");
        return LLAMA.toBuilder()
                .vocabularySize(integer("vocab_size"))
                .contextLength(context())
                .layers(integer("num_hidden_layers"))
                .heads(heads)
                .width(width)
                .hidden(integer("intermediate_size"))
                .keyValueHeads(keyValueHeads(heads))
                .headDim(headDim(width, heads))
                .positions(rotary())
                .normEpsilon(number("rms_norm_eps", 1e-6))
                .nonlinearity(Nonlinearity.named(node.path("hidden_act").asText("silu")))
                .tiedHead(flag("tie_word_embeddings", false))
                .endId(endId());
    }

    /** Qwen2Config has no word for its biases, and they are not read from it. */
    private Biases llamaBiases() {
        boolean attention = flag("attention_bias", false);
        return new Biases(false, attention, attention, flag("mlp_bias", false));
    }

    /** As many as there are heads where a Llama does not say; the other classes assume a number that fits one size of theirs. */
    private int keyValueHeads(int heads) {
        String field = "num_key_value_heads";
        boolean given = type.equals("llama") || type.equals("kindling") ? node.hasNonNull(field) : !isNull(field);
        return given ? integer(field) : heads;
    }

    private int headDim(int width, int heads) {
        if (node.hasNonNull("head_dim")) {
            return integer("head_dim");
        }
        return type.equals("qwen3") ? QWEN3_HEAD_DIM : quotient(width, heads);
    }

    /** Within its sliding window, a model that has one computes what a model without computes. */
    private int context() {
        int length = integer("max_position_embeddings");
        boolean sliding = switch (type) {
            case "mistral" -> flag("use_sliding_window", true) && !isNull("sliding_window");
            case "qwen2", "qwen3" -> flag("use_sliding_window", false) && node.hasNonNull("sliding_window");
            default -> false;
        };
        if (!sliding) {
            return length;
        }
        return Math.min(length, node.has("sliding_window") ? integer("sliding_window") : MISTRAL_WINDOW);
    }

    /** Whether a file says "none" of a field, which is not to say nothing. */
    private boolean isNull(String field) {
        return node.path(field).isNull();
    }

    private Positions rotary() {
        String field = node.hasNonNull("rope_scaling") ? "rope_scaling" : "rope_parameters";
        ConfigReader rope = new ConfigReader(object(field));
        refuse(field + " of its own for each kind of layer", hasObjects(rope.node));
        double part = rope.number("partial_rotary_factor", number("partial_rotary_factor", 1));
        refuse("partial_rotary_factor " + part, part != 1);
        double theta = rope.number("rope_theta", number("rope_theta", 1e4));
        String form = rope.node.path("rope_type").asText(rope.node.path("type").asText("default"));
        return switch (form) {
            case "default" -> new Positions.Rotary(theta);
            case "llama3" -> new Positions.Rotary(theta, Optional.of(rope.scaling()));
            default -> throw new IllegalArgumentException("rope_type must be default or llama3, got '" + form + "'");
        };
    }

    private JsonNode object(String field) {
        JsonNode value = node.path(field);
        if (isGiven(value) && !value.isObject()) {
            throw mistake(field, "an object", value);
        }
        return value;
    }

    private static boolean hasObjects(JsonNode node) {
        for (JsonNode value : node) {
            if (value.isObject()) {
                return true;
            }
        }
        return false;
    }

    private RotaryScaling scaling() {
        return new RotaryScaling(
                number("factor", Double.NaN),
                number("low_freq_factor", Double.NaN),
                number("high_freq_factor", Double.NaN),
                integer("original_max_position_embeddings"));
    }

    /** Every part by its own name, as {@link ConfigWriter} gives them. */
    private ConfigBuilder own() {
        boolean learned = isFirst(ConfigWriter.POSITIONS, ConfigWriter.LEARNED, ConfigWriter.ROTARY);
        boolean layerNorm = isFirst(ConfigWriter.NORM, ConfigWriter.LAYER_NORM, ConfigWriter.RMS_NORM);
        return llama().positions(learned ? Positions.learned() : rotary())
                .normalization(layerNorm ? Normalization.LAYER : Normalization.RMS)
                .gated(flag(ConfigWriter.GATED, true))
                .biases(new Biases(
                        flag(ConfigWriter.NORM_BIASES, false),
                        flag(ConfigWriter.QKV_BIASES, false),
                        flag(ConfigWriter.OUTPUT_BIASES, false),
                        flag(ConfigWriter.MLP_BIASES, false)))
                .queryKeyNorm(flag(ConfigWriter.QUERY_KEY_NORM, false))
                .logitSoftCap(number(ConfigWriter.SOFT_CAP, 0));
    }

    private boolean isFirst(String field, String first, String second) {
        String word = node.path(field).asText();
        if (!word.equals(first) && !word.equals(second)) {
            throw mistake(field, first + " or " + second, node.path(field));
        }
        return word.equals(first);
    }

    private boolean flag(String field, boolean otherwise) {
        JsonNode value = node.path(field);
        if (isGiven(value) && !value.isBoolean()) {
            throw mistake(field, "true or false", value);
        }
        return value.asBoolean(otherwise);
    }

    private double number(String field, double otherwise) {
        JsonNode value = node.path(field);
        if (isGiven(value) && !value.isNumber()) {
            throw mistake(field, "a number", value);
        }
        return isGiven(value) ? value.doubleValue() : otherwise;
    }

    private static boolean isGiven(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static void refuse(String what, boolean asked) {
        if (asked) {
            throw new IllegalArgumentException("config.json: " + what + " is not supported");
        }
    }

    private int integer(String field) {
        return integer(field, node.path(field));
    }

    private static int integer(String field, JsonNode value) {
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw mistake(field, "a whole number", value);
        }
        return value.intValue();
    }

    private static IllegalArgumentException mistake(String field, String expected, JsonNode value) {
        return new IllegalArgumentException("config.json: " + field + " must be " + expected + ", got "
                + (value.isMissingNode() ? "nothing" : value));
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
        JsonNode first = end.isArray() ? end.path(0) : end;
        return isGiven(first) ? integer("eos_token_id", first) : -1;
    }
}
