package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.StoredCheckpoint;
import kindling.model.checkpoint.Conversion;
import kindling.model.checkpoint.Dtype;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes a checkpoint anew: as 16-bit floats, in several files, or several files as one. Any model in safetensors form, whether it can be trained
 * here or not.
 */
@Command(name = "convert", description = "Write a checkpoint with another float type, or in files of another size.")
final class ConvertJob implements Job {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(|B|KB|MB|GB|TB)");
    private static final List<String> UNITS =
            List.of("B", "KB", "MB", "GB", "TB"); // powers of 1000, as Hugging Face has them
    private static final String CONFIG = "config.json";
    private static final int BUFFER = 1 << 20;

    /** What says how a model's texts and turns are written and ended, besides its {@code tokenizer.json}. */
    static final List<String> BESIDE_TOKENIZER = List.of(
            ChatTemplate.CONFIG,
            "tokenizer.model",
            "vocab.json",
            "merges.txt",
            "added_tokens.json",
            "special_tokens_map.json",
            ChatTemplate.FILE,
            "generation_config.json");

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
        StoredCheckpoint from = StoredCheckpoint.of(checkpoint);
        if (!from.has(CONFIG)) {
            problems.add("%s holds no checkpoint: it has no %s".formatted(checkpoint, CONFIG));
        } else if (!isObject(Storage.text(new Path(from.folder(), CONFIG)))) {
            problems.add("%s of %s is no JSON object".formatted(CONFIG, checkpoint));
        }
        if (from.folder().equals(Storage.absolute(common.output))) {
            problems.add("--output is the checkpoint itself: give another folder");
        }
    }

    private Conversion conversion() {
        return new Conversion(Optional.ofNullable(dtype).map(ConvertJob::type), bytes(maxShardSize));
    }

    private static Dtype type(String name) {
        try {
            return Dtype.ofTorch(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + e.getMessage(), e);
        }
    }

    private static boolean isObject(String json) {
        try {
            return Json.parse(json).isObject();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException when a size is not written as 500MB is */
    static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--max-shard-size is a number with B, KB, MB, GB or TB behind it, got " + size);
        }
        BigInteger bytes = new BigInteger(matcher.group(1));
        for (int i = 0; i < UNITS.indexOf(matcher.group(2)); i++) {
            bytes = bytes.multiply(BigInteger.valueOf(1000));
        }
        return bytes.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue(); // more than any file has
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
        from.copy(BESIDE_TOKENIZER, run.folder());
        from.copy(List.of(SharedTokenizer.FILE, "trainer_state.json"), run.folder()); // with the prompt of fine-tuning
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
