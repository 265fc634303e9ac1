package kindling.model.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kindling.model.Layout;
import kindling.model.TransformerConfig;

/**
 * The tensors of GPT2LMHeadModel, and of LlamaForCausalLM and its relatives, and the piece of the flat parameters that each of
 * them is. A model of no Hugging Face class has Llama's names, and for what Llama lacks names in its manner.
 *
 * <p>GPT-2's Conv1D stores its weights [in, out], the transpose of ours; Llama stores query, key and value, and gate and
 * up, apart, which are row ranges of ours.
 */
final class HuggingFace {
    /** The submodule that GPT2LMHeadModel wraps: its files have the prefix, files of the bare GPT2Model do not. */
    static final String GPT2_PREFIX = "transformer.";

    static final String HEAD = "lm_head.weight";

    private final Layout layout;
    private final List<Placement> placements = new ArrayList<>();

    /**
     * One tensor of the file.
     *
     * @param shape in the file
     * @param offset in the flat parameters
     * @param transposed whether the flat parameters hold it as [out, in] and the file as [in, out]
     */
    record Placement(String name, List<Long> shape, int offset, boolean transposed) {
        int count() {
            return (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
        }

        /** Copies this tensor's values out of the flat parameters, in file order. */
        float[] take(float[] theta) {
            float[] values = new float[count()];
            if (transposed) {
                int in = rows();
                int out = columns();
                for (int i = 0; i < values.length; i++) {
                    values[i] = theta[offset + i % out * in + i / out]; // (out, in) -> (in, out)
                }
            } else {
                System.arraycopy(theta, offset, values, 0, values.length);
            }
            return values;
        }

        private int rows() {
            return Math.toIntExact(shape.get(0));
        }

        private int columns() {
            return Math.toIntExact(shape.get(1));
        }
    }

    private HuggingFace(TransformerConfig config) {
        layout = Layout.of(config);
    }

    /** Every tensor of a model of this shape, sorted by name as the reference writer does. */
    static List<Placement> placements(TransformerConfig config) {
        HuggingFace names = new HuggingFace(config);
        if (config.modelType().equals("gpt2")) {
            names.gpt2(config);
        } else {
            names.llama(config);
        }
        names.placements.sort(Comparator.comparing(Placement::name));
        return names.placements;
    }

    private void gpt2(TransformerConfig config) {
        whole(GPT2_PREFIX + "wte.weight", Layout.TOKEN_EMBEDDING);
        whole(GPT2_PREFIX + "wpe.weight", Layout.POSITION_EMBEDDING);
        for (int i = 0; i < config.layers(); i++) {
            String block = GPT2_PREFIX + "h." + i + ".";
            part(block + "ln_1", Layout.attention(i, "norm"), false);
            part(block + "attn.c_attn", Layout.attention(i, "qkv"), true);
            part(block + "attn.c_proj", Layout.attention(i, "output"), true);
            part(block + "ln_2", Layout.mlp(i, "norm"), false);
            part(block + "mlp.c_fc", Layout.mlp(i, "input"), true);
            part(block + "mlp.c_proj", Layout.mlp(i, "output"), true);
        }
        part(GPT2_PREFIX + "ln_f", Layout.FINAL_NORM, false);
        whole(HEAD, Layout.HEAD);
    }

    private void llama(TransformerConfig config) {
        whole("model.embed_tokens.weight", Layout.TOKEN_EMBEDDING);
        whole("model.embed_positions.weight", Layout.POSITION_EMBEDDING);
        for (int i = 0; i < config.layers(); i++) {
            String block = "model.layers." + i + ".";
            part(block + "input_layernorm", Layout.attention(i, "norm"), false);
            attention(config, block + "self_attn.", i);
            part(block + "post_attention_layernorm", Layout.mlp(i, "norm"), false);
            mlp(config, block + "mlp.", i);
        }
        part("model.norm", Layout.FINAL_NORM, false);
        whole(HEAD, Layout.HEAD);
    }

    private void attention(TransformerConfig config, String block, int layer) {
        int queries = config.queryWidth();
        int keys = config.keyValueWidth();
        String qkv = Layout.attention(layer, "qkv");
        rows(block + "q_proj", qkv, 0, queries);
        rows(block + "k_proj", qkv, queries, keys);
        rows(block + "v_proj", qkv, queries + keys, keys);
        whole(block + "q_norm.weight", Layout.weight(Layout.attention(layer, Layout.QUERY_NORM)));
        whole(block + "k_norm.weight", Layout.weight(Layout.attention(layer, Layout.KEY_NORM)));
        part(block + "o_proj", Layout.attention(layer, "output"), false);
    }

    private void mlp(TransformerConfig config, String block, int layer) {
        String input = Layout.mlp(layer, "input");
        if (config.gated()) {
            rows(block + "gate_proj", input, 0, config.hidden());
            rows(block + "up_proj", input, config.hidden(), config.hidden());
        } else {
            part(block + "up_proj", input, false);
        }
        part(block + "down_proj", Layout.mlp(layer, "output"), false);
    }

    /** A tensor that is one of ours as it is, where this shape has it. */
    private void whole(String name, String ours) {
        if (layout.has(ours)) {
            place(name, layout.get(ours), 0, layout.get(ours).shape().get(0), false);
        }
    }

    /** Weight and bias of one of our parts. */
    private void part(String name, String ours, boolean transposed) {
        Layout.Parameter weight = layout.get(Layout.weight(ours));
        place(Layout.weight(name), weight, 0, weight.shape().get(0), transposed);
        whole(Layout.bias(name), Layout.bias(ours));
    }

    /** Some rows of weight and bias of one of our parts. */
    private void rows(String name, String ours, int first, int count) {
        place(Layout.weight(name), layout.get(Layout.weight(ours)), first, count, false);
        if (layout.has(Layout.bias(ours))) {
            place(Layout.bias(name), layout.get(Layout.bias(ours)), first, count, false);
        }
    }

    private void place(String name, Layout.Parameter ours, int first, int count, boolean transposed) {
        long rowLength = ours.rank() == 1 ? 1 : ours.columns();
        List<Long> shape;
        if (ours.rank() == 1) {
            shape = List.of((long) count);
        } else {
            shape = transposed ? List.of(rowLength, (long) count) : List.of((long) count, rowLength);
        }
        placements.add(new Placement(name, shape, Math.toIntExact(ours.offset() + first * rowLength), transposed));
    }

    /**
     * Whether a file may hold this tensor without the model having it: causal masks and rotary frequencies, which older
     * versions saved with the weights.
     */
    static boolean isBuffer(String name) {
        return name.endsWith(".attn.bias")
                || name.endsWith(".attn.masked_bias")
                || name.endsWith(".rotary_emb.inv_freq");
    }
}
