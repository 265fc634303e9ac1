package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of a training, as a cluster's scheduler or Ctrl-C sends it: a last state is written, and the same command goes on from it. */
class InterruptedTrainingIT {
    private static final Path HOME = Path.of(System.getProperty("kindling.home"));
    private static final long DEADLINE_SECONDS = 120;
    private static final Pattern STOPPED = Pattern.compile("train stopped after round (\\d+) of 40: the same command");

    private static final String CONFIG = """
            {"model_type": "gpt2", "n_layer": 4, "n_head": 4, "n_embd": 128, "n_positions": 64, "vocab_size": 300}
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeShards() throws Exception {
        Files.writeString(folder.resolve("config.json"), CONFIG);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append("{\"text\": \"sentence %d of a text that counts from %d on\"}\n".formatted(i, 7 * i));
        }
        Files.writeString(folder.resolve("documents.jsonl"), lines.toString());
        run("documents", "ingest", "--input", "documents.jsonl", "--output", "documents");
        run("tokenizer", "train-tokenizer", "--input", "documents", "--output", "tokenizer", "--vocab-size", "300");
        run("shards", "tokenize", "--input", "documents", "--tokenizer", "tokenizer", "--output", "shards");
    }

    @Test
    void writesALastStateAndGoesOnFromIt() throws Exception {
        run("whole", train("whole"));
        Process process = start("stopped", train("stopped"));
        await("stopped", process, "train | round 3 of 40");

        process.destroy(); // SIGTERM
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .as("ends within %d s", DEADLINE_SECONDS)
                .isTrue();

        assertThat(process.exitValue()).isNotZero();
        Matcher stopped = STOPPED.matcher(log("stopped"));
        assertThat(stopped.find()).as(log("stopped")).isTrue();
        String round = stopped.group(1);
        assertThat(folder.resolve(
                        ".stopped.unfinished/round-%06d/trainer_state.json".formatted(Integer.parseInt(round))))
                .exists();
        run("stopped", train("stopped"));
        assertThat(log("stopped")).contains("going on after round " + round + " of 40");
        for (String file : List.of("model.safetensors", "trainer_state.json", "trainer-00000-of-00002.safetensors")) {
            assertThat(folder.resolve("stopped/" + file)).hasSameBinaryContentAs(folder.resolve("whole/" + file));
        }
    }

    private static String[] train(String output) {
        return new String[] {
            "train",
            "--input",
            "shards",
            "--model",
            "config.json",
            "--output",
            output,
            "--steps",
            "120",
            "--local-steps",
            "3",
            "--batch-size",
            "8",
            "--sequence-length",
            "64",
            "--checkpoint-rounds",
            "100"
        };
    }

    private static void run(String name, String... arguments) throws Exception {
        Process process = start(name, arguments);
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("%s ends within %d s", name, DEADLINE_SECONDS).isTrue();
        assertThat(process.exitValue()).as(log(name)).isZero();
    }

    private static void await(String name, Process process, String line) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!log(name).contains(line)) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("waiting for '%s' in:%n%s", line, log(name))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    private static Process start(String name, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(HOME.resolve("bin/kindling").toString());
        builder.command().addAll(List.of(arguments));
        builder.command().addAll(List.of("--master", "local[2]", "--driver-memory", "1g"));
        builder.environment().remove("SPARK_HOME");
        return builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    private static String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }
}
