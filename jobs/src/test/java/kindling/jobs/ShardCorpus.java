package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kindling.jobs.infer.TinyTokenizer;
import kindling.jobs.io.Json;

/**
 * Token shards of a few documents, {@code shards} and {@code others}, and what is done with them on the command line.
 *
 * @param made where they were made; nobody changes them there
 * @param work where a test has copies of its own
 */
record ShardCorpus(Path made, Path work) {
    static final int DOCUMENTS = 40;

    /** Two folders of shards, with a tokenizer and a model for them. */
    static void make(Path made) throws IOException {
        Files.writeString(made.resolve("tokenizer.json"), TinyTokenizer.bytes().json());
        Files.writeString(made.resolve("config.json"), """
                {"model_type": "llama", "vocab_size": 257, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "num_key_value_heads": 2, "max_position_embeddings": 32, "rms_norm_eps": 1e-5,
                 "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": true}
                """);
        tokenize(made, "shards", lines(0, DOCUMENTS));
        tokenize(made, "others", lines(100, 10));
    }

    static List<String> lines(int first, int count) {
        return new ArrayList<>(IntStream.range(first, first + count)
                .mapToObj(i -> "{\"id\": \"d%03d\", \"text\": \"%s\"}"
                        .formatted(i, TinyCorpus.story(i).substring(0, 90)))
                .toList());
    }

    private static void tokenize(Path made, String name, List<String> lines) throws IOException {
        Files.createDirectories(made.resolve(name + "-raw"));
        Files.write(made.resolve(name + "-raw/a.jsonl"), lines);
        done(
                "tokenize",
                "--input=" + made.resolve(name + "-raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + made.resolve(name));
    }

    static CommandLineRun done(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    /** Copies that a test may spoil. */
    static ShardCorpus copied(Path made, Path work) throws IOException {
        for (String name : List.of("shards", "others")) {
            copy(made.resolve(name), work.resolve(name));
        }
        return new ShardCorpus(made, work);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    CommandLineRun train(String input, String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--input=" + work.resolve(input),
                "--model=" + made.resolve("config.json"),
                "--output=" + work.resolve(output),
                "--steps=2",
                "--local-steps=2",
                "--batch-size=2"));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    CommandLineRun check(String folder) {
        return CommandLineRun.of("check", work.resolve(folder).toString());
    }

    int sequences(String output) throws IOException {
        return Json.parse(Files.readString(work.resolve(output).resolve("_report.json")))
                .path("sequences")
                .asInt();
    }
}
