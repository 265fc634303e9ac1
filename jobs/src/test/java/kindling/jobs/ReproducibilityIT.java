package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, as a user starts it, on a small corpus: the bytes of every output are the same on one core, on two, on two
 * executor processes, and when jobs are killed in their middle.
 */
class ReproducibilityIT {
    private static final Path HOME = Path.of(System.getProperty("kindling.home"));
    private static final Duration DEADLINE = Duration.ofMinutes(5); // a run takes half a minute
    private static final int KILLS = 14; // at most one for each step

    private static final String RECIPE = """
            values: {work: out, input: raw}
            steps:
              - ingest: {partitions: 3, input: "${input}", output: "${work}/documents"}
              - filter: {partitions: 3, input: "${work}/documents", output: "${work}/filtered", rules: [length]}
              - dedup: {partitions: 3, input: "${work}/filtered", output: "${work}/distinct",
                  method: "exact,minhash,paragraph,substring", min-tokens: 12, write-index: true}
              - redact: {partitions: 3, input: "${work}/distinct", output: "${work}/redacted"}
              - split: {partitions: 3, input: "${work}/redacted", output: "${work}/split", parts: "train=0.9,heldout=0.1"}
              - train-tokenizer: {input: "${work}/split/train", output: "${work}/tokenizer", vocab-size: 400,
                  special-tokens: "<|endoftext|>,<|im_start|>,<|im_end|>"}
              - encode: {partitions: 3, input: "${work}/split/train", tokenizer: "${work}/tokenizer", output: "${work}/encoded"}
              - tokenize: {input: "${work}/split/train", tokenizer: "${work}/tokenizer", output: "${work}/shards"}
              - train: {input: "${work}/shards", model: raw/_config.json, output: "${work}/pretrained", steps: 12, local-steps: 2,
                  batch-size: 2, warmup: 2, checkpoint-rounds: 2}
              - pairs: {partitions: 3, input: "${work}/split/train", output: "${work}/pairs"}
              - finetune: {input: "${work}/pairs", init: "${work}/pretrained", output: "${work}/summarizer", steps: 8,
                  local-steps: 2, batch-size: 2, checkpoint-rounds: 1}
              - finetune: {input: "${work}/pairs", init: "${work}/pretrained", output: "${work}/chatting", template: chat, steps: 4,
                  local-steps: 2, batch-size: 2, checkpoint-rounds: 1}
              - summarize: {input: "${work}/split/heldout", checkpoint: "${work}/summarizer", output: "${work}/summaries",
                  method: abstractive, long: head, max-new-tokens: 8, decoding: sample}
              - score: {metric: perplexity, input: "${work}/split/heldout", checkpoint: "${work}/summarizer",
                  output: "${work}/perplexity"}
            """;

    private static final String CONFIG = """
            {"model_type": "llama", "vocab_size": 400, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
             "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 64, "rms_norm_eps": 1e-5,
             "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": true}
            """;

    @TempDir
    static Path folder;

    private static Map<String, String> reference;

    @BeforeAll
    static void runsOnOneCore() throws Exception {
        Files.createDirectories(folder.resolve("raw"));
        Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
        Files.writeString(folder.resolve("raw/_config.json"), CONFIG);
        for (int file = 0; file < 5; file++) {
            Files.writeString(folder.resolve("raw/part-" + file + ".jsonl"), documents(file));
        }
        finish("one", "local[1]");
        reference = outputs("one");
        assertThat(reference.keySet())
                .anyMatch(name -> name.startsWith("documents/part-"))
                .contains("tokenizer/tokenizer.json", "shards/shard-00000.bin", "summarizer/model.safetensors")
                .contains("chatting/model.safetensors", "chatting/tokenizer_config.json");
    }

    @Test
    void givesTheSameBytesOnTwoExecutorProcesses() throws Exception {
        finish("cluster", "local-cluster[2,1,1024]");

        assertThat(outputs("cluster")).isEqualTo(reference);
    }

    @Test
    void givesTheSameBytesOnTwoCoresWhenEveryThirdJobIsKilled() throws Exception {
        assertThat(killed("some", 3)).hasSizeGreaterThan(2);
        assertThat(outputs("some")).isEqualTo(reference);
    }

    @Test
    @Tag("slow")
    void givesTheSameBytesOnTwoCoresWhenEveryJobIsKilled() throws Exception {
        assertThat(killed("each", 1)).hasSizeGreaterThan(8);
        assertThat(outputs("each")).isEqualTo(reference);
    }

    /** Runs to the end, killed once in every n-th job; says in which. */
    private static List<String> killed(String name, int each) throws Exception {
        List<String> seen = new ArrayList<>();
        List<String> killed = new ArrayList<>();
        int code = -1;
        for (int run = 0; run <= KILLS && code != 0; run++) {
            try (Child child = start(name, "local[2]")) {
                code = killInTheMiddle(child, name, each, seen, killed) ? -1 : child.finish(DEADLINE);
            }
        }
        assertThat(code).as(Files.readString(folder.resolve(name + ".log"))).isZero();
        return killed;
    }

    /** Kills a run in the next n-th step, once its unfinished output is there. */
    private static boolean killInTheMiddle(Child child, String name, int each, List<String> seen, List<String> killed)
            throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (child.process().isAlive()) {
            assertThat(System.nanoTime())
                    .as("still running:%n%s", child.printed())
                    .isLessThan(end);
            for (String step : unfinished(name)) {
                if (!seen.contains(step)) {
                    seen.add(step);
                    if (seen.size() % each == 0) {
                        Thread.sleep(150L + 50L * seen.size());
                        killed.add(step);
                        child.kill();
                        return true;
                    }
                }
            }
            Thread.sleep(5);
        }
        return false;
    }

    private static List<String> unfinished(String name) throws IOException {
        Path work = folder.resolve(name);
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(work)) {
            return children.map(path -> path.getFileName().toString())
                    .filter(file -> file.endsWith(".unfinished"))
                    .toList();
        }
    }

    private static Child start(String name, String master) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(HOME.resolve("bin/kindling").toString(), "run", "recipe.yaml", "--set", "work=" + name));
        command.addAll(List.of("--master", master, "--driver-memory", "1g", "--executor-memory", "1g"));
        return Child.start(folder.resolve(name + ".log"), Map.of(), command);
    }

    private static void finish(String name, String master) throws Exception {
        try (Child child = start(name, master)) {
            assertThat(child.finish(DEADLINE)).as(child.printed()).isZero();
        }
    }

    private static Map<String, String> outputs(String name) throws IOException {
        return Outputs.digests(folder.resolve(name));
    }

    /** Lines of sentences from a small vocabulary; some come twice, some hold an address. */
    private static String documents(int file) {
        List<String> words = List.of(
                "the", "a", "river", "stone", "house", "light", "paper", "winds", "over", "under", "small", "green",
                "old", "keeps", "holds", "gives", "name", "city");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            Random random = new Random(i % 30 == 0 ? 7 : 100L * file + i);
            StringBuilder text = new StringBuilder();
            for (int sentence = 0; sentence < 6; sentence++) {
                text.append("The ").append(words.get(random.nextInt(words.size())));
                for (int word = 0; word < 8; word++) {
                    text.append(' ').append(words.get(random.nextInt(words.size())));
                }
                text.append(sentence == 3 && i % 5 == 0 ? ", write to me@example.org. " : ". ");
            }
            lines.append("{\"text\": \"").append(text.toString().strip()).append("\"}\n");
        }
        return lines.toString();
    }
}
