package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

/** Token shards on the command line: tokenize, check, forget, mix and what train makes of them. */
class ShardToolsTest {
    private static final int DOCUMENTS = 40;

    @TempDir
    static Path made;

    @TempDir
    Path work;

    @BeforeAll
    static void tokenizes() throws IOException {
        Files.writeString(made.resolve("tokenizer.json"), TinyTokenizer.bytes().json());
        Files.writeString(made.resolve("config.json"), """
                {"model_type": "llama", "vocab_size": 257, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "num_key_value_heads": 2, "max_position_embeddings": 32, "rms_norm_eps": 1e-5,
                 "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": true}
                """);
        tokenize("shards", lines(0, DOCUMENTS));
        tokenize("others", lines(100, 10));
    }

    private static List<String> lines(int first, int count) {
        return new ArrayList<>(IntStream.range(first, first + count)
                .mapToObj(i -> "{\"id\": \"d%03d\", \"text\": \"%s\"}"
                        .formatted(i, TinyCorpus.story(i).substring(0, 90)))
                .toList());
    }

    private static void tokenize(String name, List<String> lines) throws IOException {
        Files.createDirectories(made.resolve(name + "-raw"));
        Files.write(made.resolve(name + "-raw/a.jsonl"), lines);
        done(
                "tokenize",
                "--input=" + made.resolve(name + "-raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + made.resolve(name));
    }

    private static CommandLineRun done(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    @BeforeEach
    void copies() throws IOException {
        for (String name : List.of("shards", "others")) {
            copy(made.resolve(name), work.resolve(name));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private CommandLineRun train(String input, String output, String... more) {
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

    private CommandLineRun check(String folder) {
        return CommandLineRun.of("check", work.resolve(folder).toString());
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
        List<String> lines = lines(0, DOCUMENTS);
        Files.createDirectories(work.resolve("raw"));
        Files.write(work.resolve("raw/z.jsonl"), lines.subList(0, 25));
        java.util.Collections.reverse(lines);
        Files.write(work.resolve("raw/a.jsonl"), lines.subList(0, DOCUMENTS - 25));

        done(
                "tokenize",
                "--input=" + work.resolve("raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + work.resolve("again"),
                "--partitions=3");

        assertThat(shards(work.resolve("again"))).isEqualTo(shards(made.resolve("shards")));
        var manifest = Json.parse(Files.readString(work.resolve("again/manifest.json")));
        assertThat(manifest.path("documents").asInt()).isEqualTo(DOCUMENTS);
        assertThat(manifest.path("packing").asText()).isEqualTo("stream");
        Map<String, String> digests = shards(work.resolve("again"));
        manifest.path("shards")
                .forEach(shard -> assertThat(digests)
                        .containsEntry(
                                shard.path("file").asText(),
                                shard.path("sha256").asText()));
        var report = Json.parse(Files.readString(work.resolve("again/_report.json")));
        assertThat(report.path("mb_per_second").asDouble()).isPositive();
        assertThat(report.path("text_bytes").asInt()).isEqualTo(DOCUMENTS * 90);
    }

    @Test
    void secondDocumentsWithAnIdAreRejected() throws IOException {
        Files.createDirectories(work.resolve("raw"));
        List<String> lines = lines(0, 3);
        lines.addAll(lines(1, 1));
        Files.write(work.resolve("raw/a.jsonl"), lines);

        done(
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
        CommandLineRun run = check("shards");

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

        CommandLineRun run = check("shards");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains(file)
                .contains(problem)
                .contains("delete the folder and run kindling tokenize again");
    }

    @Test
    void checkMissesAFile() throws IOException {
        Files.delete(work.resolve("shards/shard-00002.bin"));

        assertThat(check("shards").out()).contains("shard-00002.bin is missing");
    }

    @Test
    void checkComparesIndexEndsAndIds() throws IOException {
        Path shards = work.resolve("small");
        ShardFolder.documents(shards, 2, new int[][] {{1, 256}, {2, 3, 256}, {4, 256}})
                .writeManifest(Json.object());
        Files.copy(made.resolve("tokenizer.json"), shards.resolve("tokenizer.json"));
        index(shards, 2, 5, 7);
        assertThat(check("small").out()).contains("tokenizer.json is not the tokenizer of the manifest");
        String json = TinyTokenizer.bytes().json();
        Path manifest = shards.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("{\n  \"vocab", "{\n  \"tokenizer\" : \"" + Digest.of(json) + "\",\n  \"vocab")
                        .replace("1000001", "257"));
        assertThat(check("small").code()).isZero();

        index(shards, 2, 6, 7);
        assertThat(check("small").out()).contains("index.parquet has other documents in shard 0 than the shard");
        index(shards, 2, 7);
        assertThat(check("small").out()).contains("index.parquet has 2 documents, not 3");
        Files.write(shards.resolve("shard-00000.ends"), DocumentEnds.bytes(new long[] {2, 4, 7}));
        assertThat(check("small").out()).contains("has documents that do not end with the end of text");
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
                done("forget", "--input=" + work.resolve("shards"), "--ids=d000,d001", "--ids-file=" + ids);

        assertThat(run.out()).startsWith("3 documents forgotten, ");
        assertThat(check("shards").out()).contains("8 shards, 37 documents");
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
        assertThat(train("shards", "stream").code()).isZero();
        assertThat(train("shards", "packed", "--packing=best-fit").code()).isZero();
        assertThat(train("shards", "alone", "--packing=document").code()).isZero();

        assertThat(sequences("stream")).isEqualTo(110); // of 3640 tokens, in 8 shards
        assertThat(sequences("packed")).isEqualTo(120); // 90 targets of a document fill 32 + 32 + 26
        assertThat(sequences("alone")).isEqualTo(120);
    }

    private int sequences(String output) throws IOException {
        return Json.parse(Files.readString(work.resolve(output).resolve("_report.json")))
                .path("sequences")
                .asInt();
    }

    @Test
    void trainRefusesADamagedShardBeforeItStarts() throws IOException {
        Files.write(work.resolve("shards/shard-00001.bin"), new byte[30]);

        CommandLineRun run = train("shards", "model");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("shard-00001.bin has 30 bytes, not ")
                .contains("delete the folder and run kindling tokenize again");
    }

    @Test
    void aDamagedFolderThatIsDeletedAndTokenizedAgainIsWhole() throws IOException {
        Files.write(work.resolve("shards/shard-00001.bin"), new byte[30]);
        assertThat(check("shards").code()).isEqualTo(1);

        Storage.delete(Storage.absolute(work.resolve("shards").toString()));
        done(
                "tokenize",
                "--input=" + made.resolve("shards-raw"),
                "--tokenizer=" + made.resolve("tokenizer.json"),
                "--output=" + work.resolve("shards"));

        assertThat(check("shards").code()).isZero();
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

        assertThat(check("shards").out()).contains("index.parquet has other ids than the manifest says");
    }

    private CommandLineRun mix(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "mix",
                "--input=books=" + work.resolve("shards"),
                "--input=rare=" + work.resolve("others"),
                "--output=" + work.resolve("mix")));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void aMixtureIsTrainedOnWithItsRepetitions() throws IOException {
        assertThat(mix("--repetitions=rare=3").code()).isZero();

        assertThat(train("mix", "model", "--packing=document").code()).isZero();

        assertThat(sequences("model")).isEqualTo(120 + 3 * 30);
        assertThat(check("mix").out()).contains("16 shards, 50 documents");
    }

    @Test
    void aMixtureWithWeightsEndsWhereACorpusRunsOut() throws IOException {
        assertThat(mix("--weights=books=0.5,rare=0.5").code()).isZero();

        assertThat(train("mix", "model", "--packing=document").code()).isZero();

        assertThat(sequences("model")).isEqualTo(60);
    }

    @Test
    void aMixtureOfWhatHasChangedIsNotTrainedOn() {
        assertThat(mix().code()).isZero();
        done("forget", "--input=" + work.resolve("others"), "--ids=d100");

        CommandLineRun run = train("mix", "model");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("corpus rare at").contains("has changed since it was mixed: run kindling mix");
        assertThat(check("mix").code()).isEqualTo(1);
    }

    @Test
    void aMixtureOfACorpusThatMovedIsMadeAgainWithOverwrite() throws IOException {
        assertThat(mix().code()).isZero();
        Files.move(work.resolve("others"), work.resolve("moved"));
        assertThat(train("mix", "model").err()).contains("run kindling mix again with --overwrite");

        done(
                "mix",
                "--input=books=" + work.resolve("shards"),
                "--input=rare=" + work.resolve("moved"),
                "--output=" + work.resolve("mix"),
                "--overwrite");

        assertThat(train("mix", "model").code()).isZero();
    }

    @Test
    void aCorpusOfWhichNoSequenceComesIsNamed() {
        assertThat(mix("--repetitions=rare=0.001").code()).isZero();

        CommandLineRun run = train("mix", "model");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no sequence of corpus rare comes in an epoch, of ");
    }

    @Test
    void weightsNameCorporaThatThereAre() {
        CommandLineRun run = mix("--weights=books=0.5,rara=-1");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("rara is none of books, rare")
                .contains("--weights must name all corpora")
                .contains("must be > 0");
    }

    @Test
    void corporaOfDifferentTokenizersDoNotMix() throws IOException {
        Path manifest = work.resolve("others/manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("\"tokenizer\" : \"..", "\"tokenizer\" : \"xx"));

        CommandLineRun run = mix();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("books and rare were made with different tokenizers");
    }
}
