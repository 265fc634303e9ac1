package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kindling.jobs.infer.TinyTokenizer;

/**
 * A training by the launcher, as a user starts it, small but with rounds that take time: nanoGPT's CPU shape, about 60 ms a step
 * on one core.
 *
 * @param folder where its shards, outputs and logs lie
 */
record SmallTraining(Path folder) {
    static final Path HOME = Path.of(System.getProperty("kindling.home"));
    static final Duration DEADLINE = Duration.ofMinutes(5); // it takes seconds
    private static final int STORIES = 100;

    private static final String CONFIG = """
            {"model_type": "llama", "vocab_size": 257, "hidden_size": 128, "intermediate_size": 352, "num_hidden_layers": 4,
             "num_attention_heads": 4, "num_key_value_heads": 4, "max_position_embeddings": 64, "rms_norm_eps": 1e-5,
             "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": true}
            """;

    /** Writes its shards. */
    static SmallTraining prepare(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("raw"));
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.writeString(
                folder.resolve("tokenizer.json"), TinyTokenizer.bytes().json());
        Files.write(
                folder.resolve("raw/stories.jsonl"),
                IntStream.range(0, STORIES)
                        .mapToObj(i -> "{\"text\": \"%s\"}".formatted(TinyCorpus.story(i)))
                        .toList());
        SmallTraining training = new SmallTraining(folder);
        List<String> tokenize =
                List.of("tokenize", "--input", "raw", "--tokenizer", "tokenizer.json", "--output", "shards");
        try (Child child = training.start("tokenize", "local[2]", tokenize)) {
            assertThat(child.finish(DEADLINE)).as(child.printed()).isZero();
        }
        return training;
    }

    /**
     * Starts the training, or goes on with one that was killed.
     *
     * @param output of this run; two with the same are one training
     * @param more options, of Spark or of the training
     */
    Child train(String output, String master, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("train", "--input", "shards", "--model", "config.json"));
        arguments.addAll(List.of("--output", output, "--replicas", "2", "--batch-size", "12", "--warmup", "5"));
        arguments.addAll(List.of(more));
        return start(output, master, arguments);
    }

    /** Trains to the end and returns what was written. */
    Map<String, String> trained(String output, String master, String... more) throws IOException, InterruptedException {
        try (Child child = train(output, master, more)) {
            assertThat(child.finish(DEADLINE)).as(child.printed()).isZero();
        }
        return outputs(output);
    }

    Map<String, String> outputs(String output) throws IOException {
        return Outputs.digests(folder.resolve(output));
    }

    private Child start(String name, String master, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("bin/kindling").toString()));
        command.addAll(arguments);
        command.addAll(List.of("--master", master, "--driver-memory", "600m", "--executor-memory", "600m"));
        return Child.start(folder.resolve(name + ".log"), Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command);
    }
}
