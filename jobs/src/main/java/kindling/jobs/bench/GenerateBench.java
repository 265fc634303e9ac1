package kindling.jobs.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.model.TransformerConfig;
import kindling.model.generate.Decoding;
import kindling.model.generate.Generator;
import kindling.model.generate.Work;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.MachineRate;
import kindling.model.tensor.Precision;
import kindling.model.train.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writing with a cache, greedily, on one thread: reading prompts (prefill) and writing after them (decode) at several batch sizes, beside
 * the rate of matrix products, which bounds large batches, and that of reading memory, which bounds a single text.
 */
@Command(
        name = "generate",
        description = "Writing: prefill and decode tok/s, and the rates of products and memory in the same process.")
final class GenerateBench implements Bench {
    private static final int[] BATCHES = {1, 4, 16, 32};
    private static final int REPEATS = 3; // the median counts
    private static final int LEAST_LENGTH = 12; // of which half are prompts even where they are of mixed lengths

    @Option(
            names = "--shape",
            paramLabel = "L,H,C,T,B,V",
            description =
                    "Layers, heads, width, context (two thirds prompt, one third written), largest batch, vocabulary;"
                            + " default ${DEFAULT-VALUE}.")
    String shape = "6,6,384,192,32,8192";

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "gpt2, llama, mistral, qwen2 or qwen3; default ${DEFAULT-VALUE}.")
    String family = ModelShape.GPT2;

    @Option(names = "--weights", paramLabel = "TYPE", description = "float32 or int8; default ${DEFAULT-VALUE}.")
    Precision weights = Precision.FLOAT32;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    double warmUpSeconds = 3; // for each batch size, until the compiler is done

    @Override
    public void check(List<String> problems) {
        if (!ModelShape.FAMILIES.contains(family)) {
            problems.add("--family is one of %s, got %s".formatted(String.join(", ", ModelShape.FAMILIES), family));
            return;
        }
        try {
            ModelShape model = ModelShape.parse(shape);
            model.config(family);
            if (model.length() < LEAST_LENGTH) {
                problems.add("--shape: the context must be >= %d, got %d".formatted(LEAST_LENGTH, model.length()));
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    @Override
    public void run(Figures figures) {
        ModelShape model = ModelShape.parse(shape);
        TransformerConfig config = model.config(family);
        PackedParameters shared = new PackedParameters(config, Weights.initial(config, 1), weights);
        Operations operations = Operations.of(model, config, weights);
        double sgemm = MachineRate.gigaflops();
        double read = MachineRate.gigabytesRead(operations.weightBytes());
        int[] batches = IntStream.concat(IntStream.of(BATCHES), IntStream.of(model.rows()))
                .filter(batch -> batch <= model.rows())
                .distinct()
                .toArray();
        Timing[] timings = Arrays.stream(batches)
                .mapToObj(batch -> timing(model, shared, batch))
                .toArray(Timing[]::new);
        Work mixed = mixed(model, shared);
        sgemm = Math.max(sgemm, MachineRate.gigaflops());
        read = Math.max(read, MachineRate.gigabytesRead(operations.weightBytes()));
        figures.put("parameters", config.parameterCount() / 1e6, "M");
        figures.put("sgemm_1024", sgemm, "GFLOP/s");
        figures.put("read", read, "GB/s");
        for (Timing timing : timings) {
            report(timing, operations, sgemm, read, figures);
        }
        figures.put("mixed_padding", mixed.paddingShare(), "of_rows");
        figures.put("mixed_prefix_reused", mixed.prefixShare(), "of_prompt_tokens");
    }

    private static void report(Timing timing, Operations operations, double sgemm, double read, Figures figures) {
        int batch = timing.batch;
        double prefill = batch * operations.prompt / timing.prefillSeconds;
        double decode = batch / timing.passSeconds;
        double prefillRate = batch * operations.prefill() / timing.prefillSeconds / 1e9;
        double decodeRate = batch * operations.decode() / timing.passSeconds / 1e9;
        double weights = operations.weightBytes() / timing.passSeconds / 1e9;
        figures.put("prefill_" + batch, prefill, "tok/s");
        figures.put("prefill_" + batch + "_ratio", prefillRate / sgemm, "of_sgemm");
        figures.put("decode_" + batch, decode, "tok/s");
        figures.put("decode_" + batch + "_ratio", decodeRate / sgemm, "of_sgemm");
        figures.put("decode_" + batch + "_weights", weights, "GB/s");
        figures.put("decode_" + batch + "_weights_ratio", weights / read, "of_read");
    }

    /** Seconds in which all prompts of a batch are read and their first ids written, and of each pass after that. */
    private record Timing(int batch, double prefillSeconds, double passSeconds) {}

    private Timing timing(ModelShape model, PackedParameters shared, int batch) {
        List<int[]> prompts = prompts(model, batch, promptLength(model), 0, promptLength(model));
        int written = model.length() - promptLength(model);
        try (Generator generator = new Generator(shared, batch)) {
            for (double warm = 0; warm < warmUpSeconds; ) {
                warm += seconds(generator, prompts, written);
            }
            double[] first = new double[REPEATS];
            double[] all = new double[REPEATS];
            for (int i = 0; i < REPEATS; i++) {
                first[i] = seconds(generator, prompts, 1);
                all[i] = seconds(generator, prompts, written);
            }
            double prefill = median(first);
            return new Timing(batch, prefill, (median(all) - prefill) / (written - 1));
        }
    }

    /** Half as many prompts again as fit at a time, of one half to all of the length, which begin alike for a quarter. */
    private static Work mixed(ModelShape model, PackedParameters shared) {
        int count = model.rows() + (model.rows() + 1) / 2;
        int longest = promptLength(model);
        List<int[]> prompts = prompts(model, count, longest / 2, longest / 4, longest);
        try (Generator generator = new Generator(shared, model.rows())) {
            seconds(generator, prompts, model.length() - longest);
            return generator.work();
        }
    }

    /** Random ids, of lengths spread evenly from the shortest to the longest, the first {@code alike} the same. */
    private static List<int[]> prompts(ModelShape model, int count, int shortest, int alike, int longest) {
        int[] ids = new Random(1).ints(longest, 0, model.vocabulary()).toArray();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int length = shortest + (longest - shortest) * i / count;
                    int[] own = new Random(i + 2L)
                            .ints(length - alike, 0, model.vocabulary())
                            .toArray();
                    own[0] = i % model.vocabulary(); // no two begin alike by chance
                    return Stream.of(Arrays.copyOf(ids, alike), own)
                            .flatMapToInt(Arrays::stream)
                            .toArray();
                })
                .toList();
    }

    private static int promptLength(ModelShape model) {
        return model.length() * 2 / 3;
    }

    private static double seconds(Generator generator, List<int[]> prompts, int written) {
        long start = System.nanoTime();
        generator.generate(prompts, new long[prompts.size()], Decoding.greedy().withMaxNewTokens(written));
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] seconds) {
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    /**
     * What one text of a batch costs.
     *
     * @param weights parameters that a token is multiplied with, the head's among them
     * @param bytes of each
     * @param head those of the head
     * @param attention operations for a token and a position that it sees
     * @param prompt ids of a prompt
     * @param written ids written after it
     */
    private record Operations(double weights, int bytes, double head, double attention, int prompt, int written) {
        static Operations of(ModelShape model, TransformerConfig config, Precision precision) {
            int prompt = promptLength(model);
            return new Operations(
                    config.flopsPerToken(0) / 6,
                    precision == Precision.INT8 ? Byte.BYTES : Float.BYTES,
                    (double) config.vocabularySize() * config.width(),
                    4.0 * config.layers() * config.queryWidth(),
                    prompt,
                    model.length() - prompt);
        }

        /** Of all ids of a prompt; only the last one needs the head. */
        double prefill() {
            return prompt * (2 * (weights - head) + attention * (prompt + 1) / 2) + 2 * head;
        }

        /** Of a written id, which sees half of the others. */
        double decode() {
            return 2 * weights + attention * (prompt + written / 2.0);
        }

        long weightBytes() {
            return Math.round(weights * bytes);
        }
    }
}
