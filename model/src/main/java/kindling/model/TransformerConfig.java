package kindling.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The shape of a decoder-only transformer: everything that decides its parameters and its arithmetic.
 *
 * <p>Two families. {@code gpt2} (Radford et al., 2019): learned positions, layer norm, GELU in its tanh form. {@code
 * llama} (Touvron et al., 2023): rotary positions, RMS norm, SwiGLU, grouped-query attention.
 *
 * <pre>{@code
 * TransformerConfig.preset("nano").withVocabularySize(512).parameterCount()   // 892,032
 * }</pre>
 *
 * @param family {@code gpt2} or {@code llama}
 * @param vocabularySize V, number of token ids
 * @param contextLength T, most positions of one sequence
 * @param layers L
 * @param heads H, query heads
 * @param keyValueHeads K, heads of keys and values; query head h reads key/value head floor(h / (H / K))
 * @param headDim D, width of a head; even in the llama family, whose rotation works on pairs
 * @param width C, width of the residual stream
 * @param hidden F, width inside the feed-forward network
 * @param normEpsilon added to the variance (or mean square) inside the root of a norm
 * @param ropeTheta base of the rotary wave lengths; read in the llama family only
 * @param tiedHead whether the output head is the token embedding
 * @param biases whether projections, and layer norms, have biases
 * @param endId id of the end-of-text token, or -1 when the model has none
 */
public record TransformerConfig(
        String family,
        int vocabularySize,
        int contextLength,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        int width,
        int hidden,
        double normEpsilon,
        double ropeTheta,
        boolean tiedHead,
        boolean biases,
        int endId) {

    private static final String GPT2 = "gpt2";
    private static final String LLAMA = "llama";
    /** Hugging Face's GPT-2 always has biases; a file of ours without them says so under this name. */
    private static final String BIASES_FIELD = "kindling_biases";
    /** No dimension of a real model comes near; keeps products inside a long when the file is hostile. */
    private static final int LARGEST_DIMENSION = 1 << 24;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, TransformerConfig> PRESETS = presetTable();

    /**
     * @throws IllegalArgumentException naming every value that cannot be, at once
     */
    public TransformerConfig {
        List<String> mistakes = new ArrayList<>();
        if (!GPT2.equals(family) && !LLAMA.equals(family)) {
            mistakes.add("family must be gpt2 or llama, got " + family);
        }
        requireDimension(mistakes, "vocabularySize", vocabularySize);
        requireDimension(mistakes, "contextLength", contextLength);
        requireDimension(mistakes, "layers", layers);
        requireDimension(mistakes, "heads", heads);
        requireDimension(mistakes, "keyValueHeads", keyValueHeads);
        requireDimension(mistakes, "headDim", headDim);
        requireDimension(mistakes, "width", width);
        requireDimension(mistakes, "hidden", hidden);
        if (keyValueHeads > 0 && heads % keyValueHeads != 0) {
            mistakes.add("heads must be a multiple of keyValueHeads, got " + heads + " and " + keyValueHeads);
        }
        if (LLAMA.equals(family) && headDim % 2 != 0) {
            mistakes.add("headDim must be even for rotary positions, got " + headDim);
        }
        if (LLAMA.equals(family) && !(ropeTheta > 0 && Double.isFinite(ropeTheta))) {
            mistakes.add("ropeTheta must be > 0, got " + ropeTheta);
        }
        if (!(normEpsilon > 0 && normEpsilon < 1)) {
            mistakes.add("normEpsilon must lie between 0 and 1, got " + normEpsilon);
        }
        if (endId < -1 || endId >= vocabularySize) {
            mistakes.add("endId must be -1 (none) or an id below vocabularySize " + vocabularySize + ", got " + endId);
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("not a transformer: " + String.join("; ", mistakes));
        }
    }

    private static void requireDimension(List<String> mistakes, String name, int value) {
        if (value < 1 || value > LARGEST_DIMENSION) {
            mistakes.add(name + " must be 1.." + LARGEST_DIMENSION + ", got " + value);
        }
    }

    /**
     * A named shape. Its vocabulary size is a placeholder: {@link #withVocabularySize} sets the tokenizer's.
     *
     * @throws IllegalArgumentException for an unknown name, listing the known ones
     */
    public static TransformerConfig preset(String name) {
        TransformerConfig found = PRESETS.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no preset '" + name + "', known are " + String.join(", ", presets()));
        }
        return found;
    }

    /** Names that {@link #preset} knows, in alphabetical order. */
    public static Set<String> presets() {
        return PRESETS.keySet();
    }

    private static Map<String, TransformerConfig> presetTable() {
        Map<String, TransformerConfig> table = new TreeMap<>();
        // Learns characters of one book in minutes on one core: nanoGPT's CPU shape with a longer context.
        table.put("nano", gpt2(8192, 256, 4, 4, 128));
        table.put("llama-nano", llama(8192, 256, 4, 4, 128, 352));
        // Word pieces of a few megabytes of text, an hour on one core; heads of 32 as in nano.
        table.put("micro", gpt2(8192, 256, 6, 6, 192));
        table.put("llama-micro", llama(8192, 256, 6, 6, 192, 512));
        // The smallest that writes sentences: nanoGPT's Shakespeare shape, heads of 64.
        table.put("mini", gpt2(8192, 256, 6, 6, 384));
        table.put("llama-mini", llama(8192, 256, 6, 6, 384, 1024));
        // The published 124 M parameters, for its checkpoints; and its twin with rotary positions.
        table.put(GPT2, gpt2(50_257, 1024, 12, 12, 768));
        table.put("llama-small", llama(50_257, 1024, 12, 12, 768, 2048));
        return Collections.unmodifiableMap(table);
    }

    private static TransformerConfig gpt2(int vocabulary, int context, int layers, int heads, int width) {
        int headDim = width / heads;
        int hidden = 4 * width;
        return new TransformerConfig(
                GPT2, vocabulary, context, layers, heads, heads, headDim, width, hidden, 1e-5, 1e4, true, true, -1);
    }

    /** Hidden width near 8/3 C, in multiples of 32: the parameters of a GELU network of width 4 C. */
    private static TransformerConfig llama(int vocabulary, int context, int layers, int heads, int width, int hidden) {
        int headDim = width / heads;
        return new TransformerConfig(
                LLAMA, vocabulary, context, layers, heads, heads, headDim, width, hidden, 1e-5, 1e4, true, false, -1);
    }

    /** The same shape for a tokenizer of another size; an end id that it does not reach becomes none. */
    public TransformerConfig withVocabularySize(int newSize) {
        return with(newSize, contextLength, biases, endId < newSize ? endId : -1);
    }

    /** The same shape for sequences of at most {@code newLength} positions. */
    public TransformerConfig withContextLength(int newLength) {
        return with(vocabularySize, newLength, biases, endId);
    }

    /** The same shape with or without biases. */
    public TransformerConfig withBiases(boolean newBiases) {
        return with(vocabularySize, contextLength, newBiases, endId);
    }

    /** The same shape, ending texts with {@code newId} (-1: with nothing). */
    public TransformerConfig withEndId(int newId) {
        return with(vocabularySize, contextLength, biases, newId);
    }

    private TransformerConfig with(int vocabulary, int context, boolean biased, int end) {
        return new TransformerConfig(
                family,
                vocabulary,
                context,
                layers,
                heads,
                keyValueHeads,
                headDim,
                width,
                hidden,
                normEpsilon,
                ropeTheta,
                tiedHead,
                biased,
                end);
    }

    /** Whether positions are rotations of queries and keys; otherwise they are a learned table. */
    public boolean rotary() {
        return family.equals(LLAMA);
    }

    /** Whether norms divide by the root mean square only; otherwise they are layer norms. */
    public boolean rmsNorm() {
        return family.equals(LLAMA);
    }

    /** Whether the feed-forward network is gated (SwiGLU); otherwise it is GELU. */
    public boolean gated() {
        return family.equals(LLAMA);
    }

    /** Width of all query heads together, H D. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** Width of all key heads together, K D; the values have the same. */
    public int keyValueWidth() {
        return keyValueHeads * headDim;
    }

    /** Number of parameters, every tensor once: a tied head adds none. */
    public long parameterCount() {
        return Layout.of(this).size();
    }

    /**
     * Reads a Hugging Face {@code config.json} of {@code model_type} gpt2 or llama.
     *
     * @throws IllegalArgumentException when it is not JSON, lacks a field, or asks for arithmetic that is not ours
     *     (another activation, scaled rotary positions)
     */
    public static TransformerConfig fromJson(String json) {
        JsonNode node = parse(json);
        String type = node.path("model_type").asText("");
        return switch (type) {
            case GPT2 -> fromGpt2(node);
            case LLAMA -> fromLlama(node);
            default -> throw new IllegalArgumentException("model_type must be gpt2 or llama, got '" + type + "'");
        };
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("config.json is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static TransformerConfig fromGpt2(JsonNode node) {
        requireOneOf(node, "activation_function", "gelu_new", "gelu_pytorch_tanh");
        if (node.path("scale_attn_by_inverse_layer_idx").asBoolean(false)) {
            throw new IllegalArgumentException("scale_attn_by_inverse_layer_idx is not supported");
        }
        int width = integer(node, "n_embd");
        int heads = integer(node, "n_head");
        return new TransformerConfig(
                GPT2,
                integer(node, "vocab_size"),
                integer(node, "n_positions"),
                integer(node, "n_layer"),
                heads,
                heads,
                quotient(width, heads),
                width,
                node.hasNonNull("n_inner") ? integer(node, "n_inner") : 4 * width,
                node.path("layer_norm_epsilon").asDouble(1e-5),
                1e4,
                node.path("tie_word_embeddings").asBoolean(true),
                node.path(BIASES_FIELD).asBoolean(true),
                endId(node));
    }

    private static TransformerConfig fromLlama(JsonNode node) {
        requireOneOf(node, "hidden_act", "silu");
        requireOneOf(node.path("rope_scaling"), "rope_type", "default");
        requireOneOf(node.path("rope_parameters"), "rope_type", "default");
        boolean biases = node.path("attention_bias").asBoolean(false);
        if (biases != node.path("mlp_bias").asBoolean(false)) {
            throw new IllegalArgumentException("attention_bias and mlp_bias must be equal");
        }
        int width = integer(node, "hidden_size");
        int heads = integer(node, "num_attention_heads");
        double theta = node.path("rope_parameters").path("rope_theta").asDouble(1e4);
        return new TransformerConfig(
                LLAMA,
                integer(node, "vocab_size"),
                integer(node, "max_position_embeddings"),
                integer(node, "num_hidden_layers"),
                heads,
                node.hasNonNull("num_key_value_heads") ? integer(node, "num_key_value_heads") : heads,
                node.hasNonNull("head_dim") ? integer(node, "head_dim") : quotient(width, heads),
                width,
                integer(node, "intermediate_size"),
                node.path("rms_norm_eps").asDouble(1e-6),
                node.path("rope_theta").asDouble(theta),
                node.path("tie_word_embeddings").asBoolean(false),
                biases,
                endId(node));
    }

    private static void requireOneOf(JsonNode node, String field, String... known) {
        String value = node.path(field).asText(known[0]);
        if (!List.of(known).contains(value)) {
            throw new IllegalArgumentException(
                    field + " must be " + String.join(" or ", known) + ", got '" + value + "'");
        }
    }

    private static int integer(JsonNode node, String field) {
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
    private static int endId(JsonNode node) {
        JsonNode end = node.path("eos_token_id");
        return (end.isArray() ? end.path(0) : end).asInt(-1);
    }

    /** This shape as Hugging Face's {@code config.json} of GPT2LMHeadModel or LlamaForCausalLM. */
    public String toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("model_type", family);
        if (family.equals(GPT2)) {
            writeGpt2(node);
        } else {
            writeLlama(node);
        }
        node.put("vocab_size", vocabularySize);
        node.put("tie_word_embeddings", tiedHead);
        node.put("torch_dtype", "float32");
        if (endId >= 0) {
            node.put("bos_token_id", endId);
            node.put("eos_token_id", endId);
        }
        return node.toPrettyString() + "\n";
    }

    private void writeGpt2(ObjectNode node) {
        if (heads * headDim != width || keyValueHeads != heads) {
            throw new IllegalArgumentException("config.json of gpt2 has no word for " + keyValueHeads
                    + " key/value heads and a head width of " + headDim + " in a model of width " + width);
        }
        node.putArray("architectures").add("GPT2LMHeadModel");
        node.put("n_positions", contextLength);
        node.put("n_embd", width);
        node.put("n_layer", layers);
        node.put("n_head", heads);
        node.put("n_inner", hidden);
        node.put("activation_function", "gelu_new");
        node.put("layer_norm_epsilon", normEpsilon);
        if (!biases) {
            node.put(BIASES_FIELD, false);
        }
    }

    private void writeLlama(ObjectNode node) {
        node.putArray("architectures").add("LlamaForCausalLM");
        node.put("max_position_embeddings", contextLength);
        node.put("hidden_size", width);
        node.put("intermediate_size", hidden);
        node.put("num_hidden_layers", layers);
        node.put("num_attention_heads", heads);
        node.put("num_key_value_heads", keyValueHeads);
        node.put("head_dim", headDim);
        node.put("hidden_act", "silu");
        node.put("rms_norm_eps", normEpsilon);
        node.put("rope_theta", ropeTheta);
        node.put("attention_bias", biases);
        node.put("mlp_bias", biases);
    }
}
