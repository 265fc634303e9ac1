package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that cannot be done, or not to their end: a sentence that says what to do, exit code 2, and nothing lost. */
class BadTrainingTest {
    @TempDir
    static Path made;

    @TempDir
    Path work;

    private ShardCorpus corpus;

    @BeforeAll
    static void tokenizes() throws IOException {
        ShardCorpus.make(made);
    }

    @BeforeEach
    void copies() throws IOException {
        corpus = ShardCorpus.copied(made, work);
    }

    private void refused(CommandLineRun run, String... sentences) {
        assertThat(run.err()).contains(sentences).doesNotContain("\tat ");
        assertThat(run.code()).isEqualTo(2);
        assertThat(work.resolve("model")).doesNotExist();
    }

    @Test
    void refusesMoreReplicasThanSequences() {
        refused(
                corpus.train("others", "model", "--replicas=500"),
                "--replicas must be at most the number of sequences, got 500 for");
    }

    @Test
    void refusesAModelThatDoesNotKnowAllIds() throws IOException {
        assertThat(corpus.train("shards", "model-before").code()).isZero();
        Path init = work.resolve("model-before");
        String config = Files.readString(init.resolve("config.json"))
                .replace("257", "200")
                .replace("256", "199");
        Files.writeString(init.resolve("config.json"), config);

        refused(
                corpus.train("shards", "model", "--init=" + init),
                "knows 200 ids, but the shards have 257: tokenize with its tokenizer");
    }

    @Test
    void refusesValidationShardsOfAnotherTokenizer() throws IOException {
        Path manifest = work.resolve("others/manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replaceFirst("\"tokenizer\" : \"[0-9a-f]+\"", "\"tokenizer\" : \"ab\""));

        refused(
                corpus.train("shards", "model", "--validation=" + work.resolve("others")),
                "was made with another tokenizer");
    }

    @Test
    void stopsWhereTheLossIsNotFinite() {
        refused(
                train("" + work.resolve("model"), "--learning-rate=1e30", "--warmup=0", "--steps=40"),
                "training diverged before step",
                "lower --learning-rate");
    }

    @Test
    void namesAShardThatIsCutShort() throws IOException {
        Path shard = someShard();
        try (FileChannel file = FileChannel.open(shard, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 2);
        }

        refused(corpus.train("shards", "model"), shard.getFileName().toString());
    }

    @Test
    void namesAShardThatIsFoundDamagedWhileTrainingGoesOn() throws IOException {
        Path shard = someShard();
        try (FileChannel file = FileChannel.open(shard, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(400).putShort(0, (short) -1).putShort(200, (short) -1), file.size() - 400);
        }

        refused(
                train("" + work.resolve("model"), "--steps=200"),
                "train stopped after round",
                shard.getFileName().toString(),
                "holds the id 65535",
                "the same command goes on");
    }

    private Path someShard() throws IOException {
        try (Stream<Path> files = Files.list(work.resolve("shards"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".bin"))
                    .filter(file -> file.toFile().length() > 1000)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void saysWhenADiskIsFullAndGoesOnWhenItIsNot() throws IOException {
        String[] more = {"--steps=40", "--checkpoint-rounds=5"};
        FullDisk.mount(LocalSpark.context());
        CommandLineRun whole = train("" + work.resolve("whole"), more);
        assertThat(whole.code()).as(whole.err()).isZero();

        FullDisk.holds(700_000); // some states, but not all
        CommandLineRun full = train("full:" + work.resolve("model"), more);
        refused(full, "there is no space left on a disk", "free some", "the same command goes on");
        assertThat(full.err()).contains("round 5 of 20");

        FullDisk.holds(Long.MAX_VALUE);
        CommandLineRun again = train("full:" + work.resolve("model"), more);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).contains("going on after round");
        assertThat(work.resolve("model/model.safetensors"))
                .hasSameBinaryContentAs(work.resolve("whole/model.safetensors"));
    }

    private CommandLineRun train(String output, String... more) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of(
                                "train",
                                "--input=" + work.resolve("shards"),
                                "--model=" + made.resolve("config.json"),
                                "--output=" + output,
                                "--local-steps=2",
                                "--batch-size=2"),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
