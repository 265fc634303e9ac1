package kindling.jobs.infer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kindling.jobs.io.InputPath;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.train.Weights;

/** Models that have learned nothing, on bytes, quick to run. */
public final class TinyModel {
    private TinyModel() {}

    /** Writes a checkpoint into a folder. */
    public static InputPath write(Path folder, int contextLength) throws IOException {
        TransformerConfig config = TransformerConfig.gpt2(257, contextLength, 1, 2, 8);
        Files.writeString(folder.resolve("config.json"), config.toJson());
        try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
            Checkpoint.writeModel(out, config, Weights.initial(config, 1));
        }
        Files.writeString(
                folder.resolve("tokenizer.json"), TinyTokenizer.bytes().json());
        return new InputPath(folder.toString());
    }
}
