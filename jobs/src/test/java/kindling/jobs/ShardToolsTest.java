package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.infer.TinyTokenizer;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.ShardFolder;
import kindling.prep.shard.DocumentEnds;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token shards on the command line: tokenize, check, forget and what train makes of them. */
class ShardToolsTest {
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

    private static Map<String, String> shards(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("shard-"))
                    .toList()) {
                digests.put(file.getFileName().toString(), Digest.of(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    @Test
    void shardsFollowFromDocumentsAloneAndSayTheirDigests() throws IOException {
        List<String> lines = ShardCorpus.lines(0, ShardCorpus.DOCUMENTS);
        Files.createDirectories(work.resolve("raw"));
        Files.write(work.resolve("raw/z.jsonl"), lines.subList(0, 25));
        Collections.reverse(lines);
        Files.write(work.resolve("raw/a.jsonl"), lines.subList(0, ShardCorpus.DOCUMENTS - 25));

        ShardCorpus.done(
                "tokenize",
                "--input=" + work.resolve("raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + work.resolve("again"),
                "--partitions=3");

        assertThat(shards(work.resolve("again"))).isEqualTo(shards(made.resolve("shards")));
        var manifest = Json.parse(Files.readString(work.resolve("again/manifest.json")));
        assertThat(manifest.path("documents").asInt()).isEqualTo(ShardCorpus.DOCUMENTS);
        assertThat(manifest.path("packing").asText()).isEqualTo("stream");
        Map<String, String> digests = shards(work.resolve("again"));
        manifest.path("shards")
                .forEach(shard -> assertThat(digests)
                        .containsEntry(
                                shard.path("file").asText(),
                                shard.path("sha256").asText()));
        var report = Json.parse(Files.readString(work.resolve("again/_report.json")));
        assertThat(report.path("mb_per_second").asDouble()).isPositive();
        assertThat(report.path("text_bytes").asInt()).isEqualTo(ShardCorpus.DOCUMENTS * 90);
    }

    @Test
    void secondDocumentsWithAnIdAreRejected() throws IOException {
        Files.createDirectories(work.resolve("raw"));
        List<String> lines = ShardCorpus.lines(0, 3);
        lines.addAll(ShardCorpus.lines(1, 1));
        Files.write(work.resolve("raw/a.jsonl"), lines);

        ShardCorpus.done(
                "tokenize",
                "--input=" + work.resolve("raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + work.resolve("again"));

        var report = Json.parse(Files.readString(work.resolve("again/_report.json")));
        assertThat(report.path("rows_in").asInt()).isEqualTo(4);
        assertThat(report.path("rejected").path("duplicate_id").asInt()).isEqualTo(1);
    }

    @Test
    void checkFindsWholeShardsWhole() {
        CommandLineRun run = corpus.check("shards");

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).isEqualTo("8 shards, 40 documents, 3640 tokens: all as the manifest says\n");
    }

    @ParameterizedTest(name = "{0} at {1}: {3}")
    @CsvSource({
        "shard-00000.bin, 24, 41, has another sha256 than the manifest says",
        "shard-00000.bin, 25, 7f, holds ids that the vocabulary does not have",
        "shard-00000.bin, 0, 41, KNDLTOK1",
        "shard-00001.ends, 7, 01, cannot be read",
        "tokenizer.json, 20, 00, cannot be read"
    })
    void checkNamesTheDamagedFileAndTheRemedy(String file, int at, String hex, String problem) throws IOException {
        Path damaged = work.resolve("shards").resolve(file);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[at] = HexFormat.of().parseHex(hex)[0];
        Files.write(damaged, bytes);

        CommandLineRun run = corpus.check("shards");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains(file)
                .contains(problem)
                .contains("delete the folder and run kindling tokenize again");
    }

    @Test
    void checkMissesAFile() throws IOException {
        Files.delete(work.resolve("shards/shard-00002.bin"));

        assertThat(corpus.check("shards").out()).contains("shard-00002.bin is missing");
    }

    @Test
    void checkComparesIndexEndsAndIds() throws IOException {
        Path shards = work.resolve("small");
        ShardFolder.documents(shards, 2, new int[][] {{1, 256}, {2, 3, 256}, {4, 256}})
                .writeManifest(Json.object());
        Files.copy(made.resolve("tokenizer.json"), shards.resolve("tokenizer.json"));
        index(shards, 2, 5, 7);
        assertThat(corpus.check("small").out()).contains("tokenizer.json is not the tokenizer of the manifest");
        String json = TinyTokenizer.bytes().json();
        Path manifest = shards.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("{\n  \"vocab", "{\n  \"tokenizer\" : \"" + Digest.of(json) + "\",\n  \"vocab")
                        .replace("1000001", "257"));
        assertThat(corpus.check("small").code()).isZero();

        index(shards, 2, 6, 7);
        assertThat(corpus.check("small").out()).contains("index.parquet has other documents in shard 0 than the shard");
        index(shards, 2, 7);
        assertThat(corpus.check("small").out()).contains("index.parquet has 2 documents, not 3");
        Files.write(shards.resolve("shard-00000.ends"), DocumentEnds.bytes(new long[] {2, 4, 7}));
        assertThat(corpus.check("small").out()).contains("has documents that do not end with the end of text");
    }

    private static void index(Path shards, long... ends) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            rows.add(RowFactory.create("d" + i, 0, i == 0 ? 0 : ends[i - 1], ends[i]));
        }
        LocalSpark.spark()
                .createDataset(rows, Encoders.row(StructType.fromDDL("id STRING, shard INT, start LONG, end LONG")))
                .write()
                .mode("overwrite")
                .parquet(shards.resolve("index.parquet").toString());
    }

    @Test
    void aCheckedFolderStaysWholeWhenDocumentsAreForgotten() throws IOException {
        Path ids = Files.writeString(work.resolve("ids.txt"), "d001\nd002\n");

        CommandLineRun run =
                ShardCorpus.done("forget", "--input=" + work.resolve("shards"), "--ids=d000,d001", "--ids-file=" + ids);

        assertThat(run.out()).startsWith("3 documents forgotten, ");
        assertThat(corpus.check("shards").out()).contains("8 shards, 37 documents");
        assertThat(shards(work.resolve("shards"))).isNotEqualTo(shards(made.resolve("shards")));
        CommandLineRun again = CommandLineRun.of(
                "tokenize",
                "--input=" + made.resolve("shards-raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + work.resolve("shards"));
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("forgotten was 3 documents (digest of their ids");
    }

    @Test
    void forgettingNothingIsAMistake() {
        CommandLineRun run = CommandLineRun.of("forget", "--input=" + work.resolve("shards"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("give the ids of documents with --ids or --ids-file");
    }

    @Test
    void trainTakesAnotherPackingWithoutTokenizingAgain() throws IOException {
        assertThat(corpus.train("shards", "stream").code()).isZero();
        assertThat(corpus.train("shards", "packed", "--packing=best-fit").code())
                .isZero();
        assertThat(corpus.train("shards", "alone", "--packing=document").code()).isZero();

        assertThat(corpus.sequences("stream")).isEqualTo(110); // of 3640 tokens, in 8 shards
        assertThat(corpus.sequences("packed")).isEqualTo(120); // 90 targets of a document fill 32 + 32 + 26
        assertThat(corpus.sequences("alone")).isEqualTo(120);
    }

    @Test
    void trainRefusesADamagedShardBeforeItStarts() throws IOException {
        Files.write(work.resolve("shards/shard-00001.bin"), new byte[30]);

        CommandLineRun run = corpus.train("shards", "model");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("shard-00001.bin has 30 bytes, not ")
                .contains("delete the folder and run kindling tokenize again");
    }

    @Test
    void aDamagedFolderThatIsDeletedAndTokenizedAgainIsWhole() throws IOException {
        Files.write(work.resolve("shards/shard-00001.bin"), new byte[30]);
        assertThat(corpus.check("shards").code()).isEqualTo(1);

        Storage.delete(Storage.absolute(work.resolve("shards").toString()));
        ShardCorpus.done(
                "tokenize",
                "--input=" + made.resolve("shards-raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + work.resolve("shards"));

        assertThat(corpus.check("shards").code()).isZero();
    }

    @Test
    void checkKnowsTheIdsOfTheIndex() {
        String index = work.resolve("shards/index.parquet").toString();
        List<Row> rows = LocalSpark.spark().read().parquet(index).collectAsList().stream()
                .map(row ->
                        RowFactory.create(row.getString(0).replace("d003", "d333"), row.get(1), row.get(2), row.get(3)))
                .toList();
        LocalSpark.spark()
                .createDataset(rows, Encoders.row(StructType.fromDDL("id STRING, shard INT, start LONG, end LONG")))
                .write()
                .mode("overwrite")
                .parquet(index);

        assertThat(corpus.check("shards").out()).contains("index.parquet has other ids than the manifest says");
    }
}
