package kindling.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.HuggingFace.Placement;

/**
 * A model's parameters, and a trainer's state, as safetensors files.
 *
 * <p>{@code model.safetensors} has the names and layouts of Hugging Face's GPT2LMHeadModel or LlamaForCausalLM, in
 * float32, so that other tools load it as it is; the same parameters always give the same bytes. On reading, half and
 * double precision are converted, one file or several with an index do, GPT-2's {@code transformer.} prefix is optional,
 * causal-mask and rotary buffers are passed over, and the copy of a tied head
 * must equal the embedding or stand for it.
 *
 * <pre>{@code
 * Checkpoint.writeModel(out, config, theta);
 * float[] theta = Checkpoint.readModel(CheckpointFolder.of(path), config);
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
        Header.of(
                        placements.stream()
                                .map(placement -> new Header.Wanted(placement.name(), Dtype.F32, placement.shape()))
                                .toList(),
                        METADATA)
                .write(out);
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
        return new ModelReader(config).read(TensorFiles.of(TensorFile.read(in)));
    }

    /**
     * Reads the model of a folder, in one file or in several with an index: files of this machine straight from where they
     * lie to their place among the parameters.
     *
     * @throws IOException when there is none, with the remedy, or a file is not valid
     * @throws IllegalArgumentException as {@link #readModel(InputStream, TransformerConfig)}
     */
    public static float[] readModel(CheckpointFolder folder, TransformerConfig config) throws IOException {
        try (TensorFiles files = TensorFiles.open(folder)) {
            return new ModelReader(config).read(files);
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
