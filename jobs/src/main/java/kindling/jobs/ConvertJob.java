package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.jobs.io.StoredCheckpoint;
import kindling.model.checkpoint.Conversion;
import kindling.model.checkpoint.Dtype;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes a checkpoint anew: as 16-bit floats, in several files, or several files as one. Any model in safetensors form, whether it can be trained here
 * or not.
 */
@Command(name = "convert", description = "Write a checkpoint with another float type, or in files of another size.")
final class ConvertJob implements Job {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(|B|KB|MB|GB|TB)");
    private static final List<String> UNITS =
            List.of("B", "KB", "MB", "GB", "TB"); // powers of 1000, as Hugging Face has them
    private static final String CONFIG = "config.json";
    private static final int BUFFER = 1 << 20;

    /** What belongs to a model besides its tensors; the trainer's state says which prompt it was fine-tuned with. */
    private static final List<String> COPIED = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "generation_config.json",
            "trainer_state.json");

    @Mixin
    CommonOptions common;

    @Option(names = "--checkpoint", required = true, paramLabel = "DIR", description = "The checkpoint to read.")
    InputPath checkpoint;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description =
                    "float32, float16 or bfloat16; default: as it is. Rounded to the nearest, too large is infinite.")
    String dtype;

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            description = "Most bytes of a file, such as 500MB or 5GB (10^9); default ${DEFAULT-VALUE}.")
    String maxShardSize = "5GB";

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        try {
            conversion();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        if (!StoredCheckpoint.of(checkpoint).has(CONFIG)) {
            problems.add("%s holds no checkpoint: it has no %s".formatted(checkpoint, CONFIG));
        }
    }

    private Conversion conversion() {
        return new Conversion(Optional.ofNullable(dtype).map(Dtype::ofTorch), bytes(maxShardSize));
    }

    /** @throws IllegalArgumentException when a size is not written as 500MB is */
    static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--max-shard-size is a number with B, KB, MB, GB or TB behind it, got " + size);
        }
        long bytes = Long.parseLong(matcher.group(1));
        for (int i = 0; i < UNITS.indexOf(matcher.group(2)); i++) {
            bytes = Math.multiplyExact(bytes, 1000L);
        }
        return bytes;
    }

    @Override
    public void run(Run run) {
        StoredCheckpoint from = StoredCheckpoint.of(checkpoint);
        long bytes;
        try {
            bytes = conversion()
                    .run(
                            from,
                            name -> new BufferedOutputStream(
                                    Storage.of(run.folder()).create(run.file(name), true), BUFFER));
        } catch (IOException e) {
            throw new UserError("the checkpoint %s cannot be converted: %s".formatted(checkpoint, e.getMessage()));
        }
        Storage.write(run.file(CONFIG), config(Storage.text(new Path(from.folder(), CONFIG))));
        COPIED.stream()
                .filter(from::has)
                .forEach(name ->
                        Storage.write(run.file(name), out -> out.write(Storage.bytes(new Path(from.folder(), name)))));
        run.report().put("tensor_bytes", bytes);
    }

    /** The configuration as it is, but for the type of its floats. */
    private String config(String text) {
        if (dtype == null) {
            return text;
        }
        ObjectNode config = Json.parse(text);
        return Json.text(config.put(config.has("dtype") ? "dtype" : "torch_dtype", dtype));
    }
}
