package kindling.jobs.infer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.train.Weights;

/** Models that were never trained: what they write means nothing, but they write it fast and always the same. */
public final class TinyCheckpoint {
    private TinyCheckpoint() {}

    /** Reads bytes. */
    public static Path write(Path folder, int context, int width, int layers) throws IOException {
        TransformerConfig config = TransformerConfig.gpt2(257, context, layers, 2, width);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config.toJson());
        Files.writeString(
                folder.resolve("tokenizer.json"), TinyTokenizer.bytes().json());
        try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
            Checkpoint.writeModel(out, config, Weights.initial(config, 1));
        }
        return folder;
    }
}
