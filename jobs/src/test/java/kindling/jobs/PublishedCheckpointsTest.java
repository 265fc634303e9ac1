package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as other tools leave them, from the command line. */
class PublishedCheckpointsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path work;

    @AfterAll
    static void workInFewPartitionsAgain() {
        LocalSpark.fewPartitions();
    }

    /** Folders of models with a tokenizer and the text that greedy decoding writes. */
    private static List<Path> folders() throws IOException {
        Path models = Path.of(System.getProperty("kindling.data", "../shared/data"), "models");
        Assumptions.assumeTrue(Files.isDirectory(models), "no models at " + models);
        try (Stream<Path> folders = Files.list(models)) {
            List<Path> found = folders.filter(folder -> Files.exists(folder.resolve("tokenizer.json")))
                    .filter(folder -> golden(folder).has("text"))
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static JsonNode golden(Path folder) {
        try {
            return JSON.readTree(folder.resolve("golden.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void writesTheReferenceTextFromNothingButTheBeginId() throws IOException {
        for (Path folder : folders()) {
            int tokens = golden(folder).get("greedy_ids").size()
                    - golden(folder).get("prompt_ids").size();

            String output = generated(folder, folder.getFileName() + "", "--max-new-tokens=" + tokens);

            assertThat(output.strip())
                    .isEqualTo(golden(folder).get("text").asText().strip());
        }
    }

    @Test
    void writesAlmostTheSameFromSixteenBitsInSeveralFiles() throws IOException {
        for (Path folder : folders()) {
            Path converted = work.resolve(folder.getFileName() + "-half");
            CommandLineRun run = CommandLineRun.of(
                    "convert",
                    "--checkpoint=" + folder,
                    "--output=" + converted,
                    "--dtype=bfloat16",
                    "--max-shard-size=100KB");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(converted.resolve("model.safetensors.index.json")).exists();

            String output = generated(converted, "half", "--max-new-tokens=8");

            assertThat(output).isNotBlank();
            assertThat(golden(folder).get("text").asText()).startsWith(output.strip());
        }
    }

    @Test
    void saysWhatIsWrongBeforeItConverts() throws IOException {
        Path folder = Files.createDirectories(work.resolve("broken"));
        Files.writeString(folder.resolve("config.json"), "[1]");

        CommandLineRun run =
                CommandLineRun.of("convert", "--checkpoint=" + folder, "--output=" + folder, "--dtype=int8");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("config.json of " + folder + " is no JSON object")
                .contains("--output is the checkpoint itself")
                .contains("--dtype is one of float32, float16 and bfloat16, got int8");
        assertThat(ConvertJob.bytes("999999999999TB")).isEqualTo(Long.MAX_VALUE);
        assertThat(ConvertJob.bytes("5 GB")).isEqualTo(5_000_000_000L);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path folder = Files.createDirectories(work.resolve("pickled"));
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "llama", "vocab_size": 257, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "max_position_embeddings": 32, "hidden_act": "silu"}
                """);
        Files.writeString(folder.resolve("pytorch_model.bin"), "x");

        assertThat(generate(folder, "a", "--max-new-tokens=2").err())
                .contains("only pytorch_model.bin")
                .contains("safe_serialization=True")
                .doesNotContain("\tat ");
        assertThat(generate(work.resolve("nothing"), "b", "--max-new-tokens=2").err())
                .contains("does not exist");
    }

    private String generated(Path checkpoint, String name, String option) throws IOException {
        CommandLineRun run = generate(checkpoint, name, option);
        assertThat(run.code()).as(run.err()).isZero();
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(work.resolve(name + "-out"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return JSON.readTree(rows.get(0)).get("output").asText();
    }

    private CommandLineRun generate(Path checkpoint, String name, String option) throws IOException {
        Path input = work.resolve(name + ".jsonl");
        Files.writeString(input, "{\"id\": \"a\", \"text\": \"\"}\n");
        return CommandLineRun.of(
                "generate",
                "--checkpoint=" + checkpoint,
                "--input=" + input,
                "--output=" + work.resolve(name + "-out"),
                "--output-format=jsonl",
                "--decoding=greedy",
                "--partitions=1",
                option);
    }
}
