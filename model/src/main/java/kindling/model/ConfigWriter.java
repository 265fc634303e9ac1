package kindling.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Writes {@code config.json}, under the name of a Hugging Face class that computes the same where there is one. */
final class ConfigWriter {

    /** Hugging Face's GPT-2 always has biases; a file of ours without them says so under this name. */
    static final String BIASES = "kindling_biases";
    // The parts of a model of ours that no other class has together.
    static final String POSITIONS = "positions";
    static final String LEARNED = "learned";
    static final String ROTARY = "rotary";
    static final String NORM = "norm";
    static final String LAYER_NORM = "layer";
    static final String RMS_NORM = "rms";
    static final String GATED = "gated";
    static final String NORM_BIASES = "norm_bias";
    static final String QKV_BIASES = "qkv_bias";
    static final String OUTPUT_BIASES = "attention_output_bias";
    static final String MLP_BIASES = "mlp_bias";
    static final String QUERY_KEY_NORM = "qk_norm";
    static final String SOFT_CAP = "final_logit_softcapping";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> CLASSES = Map.of(
            "gpt2", "GPT2LMHeadModel",
            "llama", "LlamaForCausalLM",
            "qwen2", "Qwen2ForCausalLM",
            "qwen3", "Qwen3ForCausalLM",
            "kindling", "KindlingForCausalLM");

    private final TransformerConfig config;
    private final ObjectNode node = JSON.createObjectNode();

    private ConfigWriter(TransformerConfig config) {
        this.config = config;
    }

    static String modelType(TransformerConfig config) {
        Biases biases = config.biases();
        if (isGpt2(config)) {
            return "gpt2";
        }
        boolean llama = config.positions() instanceof Positions.Rotary
                && config.normalization() == Normalization.RMS
                && config.gated()
                && config.logitSoftCap() == 0;
        boolean uniform = biases.qkv() == biases.attentionOutput();
        if (llama && !config.queryKeyNorm() && uniform) {
            return "llama";
        }
        if (llama && !config.queryKeyNorm() && biases.equals(Biases.ofQueriesKeysValues())) {
            return "qwen2";
        }
        return llama && config.queryKeyNorm() && uniform && !biases.mlp() ? "qwen3" : "kindling";
    }

    private static boolean isGpt2(TransformerConfig config) {
        return config.positions() instanceof Positions.Learned
                && config.normalization() == Normalization.LAYER
                && !config.gated()
                && !config.queryKeyNorm()
                && config.logitSoftCap() == 0
                && config.heads() == config.keyValueHeads()
                && config.queryWidth() == config.width()
                && (config.biases().equals(Biases.all()) || config.biases().equals(Biases.none()));
    }

    static String write(TransformerConfig config) {
        ConfigWriter writer = new ConfigWriter(config);
        String type = modelType(config);
        writer.node.put("model_type", type);
        writer.node.putArray("architectures").add(CLASSES.get(type));
        if (type.equals("gpt2")) {
            writer.gpt2();
        } else {
            writer.llama();
        }
        if (type.equals("kindling")) {
            writer.own();
        }
        writer.common();
        return writer.node.toPrettyString() + "\n";
    }

    private void gpt2() {
        node.put("n_positions", config.contextLength());
        node.put("n_embd", config.width());
        node.put("n_layer", config.layers());
        node.put("n_head", config.heads());
        node.put("n_inner", config.hidden());
        node.put("activation_function", config.nonlinearity().fileName());
        node.put("layer_norm_epsilon", config.normEpsilon());
        if (config.biases().equals(Biases.none())) {
            node.put(BIASES, false);
        }
        if (config.endId() >= 0) { // one token in GPT-2, and in no other family
            node.put("bos_token_id", config.endId());
        }
    }

    private void llama() {
        node.put("max_position_embeddings", config.contextLength());
        node.put("hidden_size", config.width());
        node.put("intermediate_size", config.hidden());
        node.put("num_hidden_layers", config.layers());
        node.put("num_attention_heads", config.heads());
        node.put("num_key_value_heads", config.keyValueHeads());
        node.put("head_dim", config.headDim());
        node.put("hidden_act", config.nonlinearity().fileName());
        node.put("rms_norm_eps", config.normEpsilon());
        node.put("attention_bias", config.biases().attentionOutput());
        node.put(MLP_BIASES, config.biases().mlp());
        if (config.positions() instanceof Positions.Rotary rotary) {
            node.put("rope_theta", rotary.theta());
            rotary.scaling().ifPresent(this::scaling);
        }
    }

    private void scaling(RotaryScaling scaling) {
        node.putObject("rope_scaling")
                .put("rope_type", "llama3")
                .put("factor", scaling.factor())
                .put("low_freq_factor", scaling.lowFrequencyFactor())
                .put("high_freq_factor", scaling.highFrequencyFactor())
                .put("original_max_position_embeddings", scaling.originalContext());
    }

    private void own() {
        node.put(POSITIONS, config.positions() instanceof Positions.Learned ? LEARNED : ROTARY);
        node.put(NORM, config.normalization() == Normalization.LAYER ? LAYER_NORM : RMS_NORM);
        node.put(GATED, config.gated());
        node.put(NORM_BIASES, config.biases().norms());
        node.put(QKV_BIASES, config.biases().qkv());
        node.put(OUTPUT_BIASES, config.biases().attentionOutput());
        node.put(QUERY_KEY_NORM, config.queryKeyNorm());
        node.put(SOFT_CAP, config.logitSoftCap());
    }

    private void common() {
        node.put("vocab_size", config.vocabularySize());
        node.put("tie_word_embeddings", config.tiedHead());
        node.put("torch_dtype", "float32");
        if (config.endId() >= 0) {
            node.put("eos_token_id", config.endId());
        }
    }
}
