package kindling.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Header.Entry;
import kindling.model.checkpoint.HuggingFace.Placement;

/**
 * A model's parameters, and a trainer's state, as safetensors files.
 *
 * <p>{@code model.safetensors} has the names and layouts of Hugging Face's GPT2LMHeadModel or LlamaForCausalLM, in
 * float32, so that other tools load it as it is; the same parameters always give the same bytes. On reading, half and
 * double precision are converted, GPT-2's {@code transformer.} prefix is optional, causal-mask and rotary buffers are
 * passed over, and the copy of a tied head must equal the embedding.
 *
 * <pre>{@code
 * Checkpoint.writeModel(out, config, theta);
 * float[] theta = Checkpoint.readModel(in, config);
 * }</pre>
 */
public final class Checkpoint {
    /** What readers of models look for before they trust the layout. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private Checkpoint() {}

    /**
     * Writes {@code model.safetensors}. The stream stays open.
     *
     * @param theta all parameters, in the order of {@link kindling.model.Layout}
     * @throws IllegalArgumentException when theta has another length than the shape says
     */
    public static void writeModel(OutputStream out, TransformerConfig config, float[] theta) throws IOException {
        if (theta.length != config.parameterCount()) {
            throw new IllegalArgumentException(
                    "a model of this shape has " + config.parameterCount() + " parameters, got " + theta.length);
        }
        List<Placement> placements = HuggingFace.placements(config);
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        placements.forEach(placement -> shapes.put(placement.name(), placement.shape()));
        Header.ofFloats(shapes, METADATA).write(out);
        for (Placement placement : placements) {
            float[] values = placement.take(theta);
            SafeTensors.writeValues(out, values, 0, values.length);
        }
    }

    /**
     * Reads {@code model.safetensors}: all parameters, in the order of {@link kindling.model.Layout}.
     *
     * @throws IOException when the file is not valid
     * @throws IllegalArgumentException listing every tensor that is missing, unknown or of another shape, before any
     *     value is read; or when a tied head differs from the embedding
     */
    public static float[] readModel(InputStream in, TransformerConfig config) throws IOException {
        Map<String, Placement> placements = new TreeMap<>();
        HuggingFace.placements(config).forEach(placement -> placements.put(bare(placement.name()), placement));
        List<Entry> entries = Header.read(in).entries();
        expectFit(entries, placements, config);
        float[] theta = new float[Math.toIntExact(config.parameterCount())];
        float[] tiedCopy = null;
        for (Entry entry : entries) {
            Placement placement = placements.get(bare(entry.name()));
            if (placement != null) {
                placement.put(SafeTensors.values(in, entry), theta);
            } else if (entry.name().equals(HuggingFace.HEAD)) {
                tiedCopy = SafeTensors.values(in, entry);
            } else {
                in.skipNBytes(entry.bytes());
            }
        }
        SafeTensors.expectEnd(in);
        expectTied(tiedCopy, theta, config);
        return theta;
    }

    private static String bare(String name) {
        return name.startsWith(HuggingFace.GPT2_PREFIX) ? name.substring(HuggingFace.GPT2_PREFIX.length()) : name;
    }

    private static void expectFit(List<Entry> entries, Map<String, Placement> placements, TransformerConfig config) {
        List<String> mistakes = new ArrayList<>();
        Map<String, Placement> missing = new TreeMap<>(placements);
        for (Entry entry : entries) {
            String name = bare(entry.name());
            Placement placement = placements.get(name);
            if (placement == null) {
                boolean known = HuggingFace.isBuffer(name) || (config.tiedHead() && name.equals(HuggingFace.HEAD));
                if (!known) {
                    mistakes.add("unknown " + entry.name() + " " + entry.shape());
                }
            } else if (missing.remove(name) == null) {
                mistakes.add("twice " + entry.name());
            } else if (!placement.shape().equals(entry.shape())) {
                mistakes.add(entry.name() + " has shape " + entry.shape() + ", expected " + placement.shape());
            }
        }
        missing.values().forEach(placement -> mistakes.add("missing " + placement.name() + " " + placement.shape()));
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("the tensors do not fit a " + config.modelType()
                    + " model of this config.json: " + String.join("; ", mistakes));
        }
    }

    /** The embedding lies first in the flat parameters. */
    private static void expectTied(float[] head, float[] theta, TransformerConfig config) {
        int length = config.vocabularySize() * config.width();
        if (head != null && !Arrays.equals(head, 0, head.length, theta, 0, length)) {
            throw new IllegalArgumentException(HuggingFace.HEAD
                    + " differs from the token embedding, but config.json ties them: set tie_word_embeddings to false");
        }
    }

    /** Writes named arrays, sorted by name, as tensors of rank 1. The stream stays open. */
    public static void writeTensors(OutputStream out, Map<String, float[]> arrays) throws IOException {
        Map<String, SafeTensors.Tensor> tensors = new TreeMap<>();
        arrays.forEach((name, values) -> tensors.put(name, SafeTensors.Tensor.of(values)));
        SafeTensors.write(out, tensors, METADATA);
    }

    /**
     * Reads the values of every tensor, by name.
     *
     * @throws IOException when the file is not valid
     */
    public static Map<String, float[]> readTensors(InputStream in) throws IOException {
        Map<String, float[]> arrays = new TreeMap<>();
        SafeTensors.read(in).forEach((name, tensor) -> arrays.put(name, tensor.values()));
        return arrays;
    }
}
