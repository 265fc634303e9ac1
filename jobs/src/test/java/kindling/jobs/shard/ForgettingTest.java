package kindling.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.UserError;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgettingTest {
    private static final int END = 9;

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    /** Documents a, b, c in one shard, d and e in the next, as tokenize leaves them. */
    @BeforeAll
    static void writeShards() throws IOException {
        Path shards = made.resolve("shards");
        int[][] first = {{1, END}, {2, 2, END}, {3, 3, 3, END}};
        int[][] second = {{4, END}, {5, 5, END}};
        ShardFolder.documents(shards, 2, first, second).writeManifest(Json.object());
        List<Row> index = List.of(
                RowFactory.create("a", 0, 0L, 2L),
                RowFactory.create("b", 0, 2L, 5L),
                RowFactory.create("c", 0, 5L, 9L),
                RowFactory.create("d", 1, 0L, 2L),
                RowFactory.create("e", 1, 2L, 5L));
        Dataset<Row> rows = LocalSpark.spark()
                .createDataset(index, Encoders.row(TokenShards.INDEX))
                .coalesce(1);
        Tables.write(rows, Storage.absolute(shards.resolve("index.parquet").toString()), "parquet");
        Manifest manifest =
                new Manifest("tokenize", "1", new TreeMap<>(Map.of("output-format", "jsonl")), new TreeMap<>());
        Files.writeString(shards.resolve(Manifest.FILE), manifest.json());
        Files.createFile(shards.resolve(Manifest.SUCCESS));
    }

    @BeforeEach
    void copyShards() throws IOException {
        copy(folder.resolve("shards"));
    }

    private static void copy(Path to) throws IOException {
        Path from = made.resolve("shards");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static Forgetting.Done forget(Path shards, Consumer<String> steps, String... ids) {
        return new Forgetting(LocalSpark.spark(), Storage.absolute(shards.toString()), steps).forget(List.of(ids));
    }

    private Forgetting.Done forget(String... ids) {
        return forget(folder.resolve("shards"), step -> {}, ids);
    }

    private TokenShards open() {
        return TokenShards.open(Storage.absolute(folder.resolve("shards").toString()));
    }

    private static Map<String, String> bytes(Path shards) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(shards)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(shards.relativize(file).toString(), Digest.of(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    @Test
    void onlyTheShardsThatHoldADocumentAreWrittenAgain() throws IOException {
        Map<String, String> before = bytes(folder.resolve("shards"));

        Forgetting.Done done = forget("b");

        assertThat(done).isEqualTo(new Forgetting.Done(1, 1, 0));
        assertThat(bytes(folder.resolve("shards")))
                .containsEntry("shard-00001.bin", before.get("shard-00001.bin"))
                .doesNotContainValue(before.get("shard-00000.bin"))
                .doesNotContainKey("_forget/journal.json");
        try (ShardReader reader = open().reader()) {
            assertThat(reader.ids(0, 0, 6)).containsExactly(1, END, 3, 3, 3, END);
            assertThat(reader.ends(0)).containsExactly(2, 6);
        }
    }

    @Test
    void indexAndManifestsAndLedgerFollow() throws IOException {
        Path shards = folder.resolve("shards");
        String identity =
                Manifest.in(Storage.absolute(shards.toString())).orElseThrow().identity();

        forget("b", "d");

        List<Row> index = LocalSpark.spark()
                .read()
                .parquet(shards.resolve("index.parquet").toString())
                .orderBy("id")
                .collectAsList();
        assertThat(index).extracting(Row::toString).containsExactly("[a,0,0,2]", "[c,0,2,6]", "[e,1,0,3]");
        assertThat(open().shards()).extracting(Shard::documents).containsExactly(2L, 1L);
        assertThat(open().shards().get(1).sha256())
                .isEqualTo(Digest.of(Files.readAllBytes(shards.resolve("shard-00001.bin"))));
        Manifest manifest = Manifest.in(Storage.absolute(shards.toString())).orElseThrow();
        assertThat(manifest.identity()).isNotEqualTo(identity);
        assertThat(manifest.options().get("forgotten")).startsWith("2 documents");
        List<Row> ledger = LocalSpark.spark()
                .read()
                .json(shards.resolve("_rejected").toString())
                .select("id", "stage", "reason")
                .collectAsList();
        assertThat(ledger).extracting(Row::toString).containsExactly("[b,forget,forgotten]", "[d,forget,forgotten]");
    }

    @Test
    void anIdThatIsNowhereIsAnErrorAndNothingIsDone() throws IOException {
        Map<String, String> before = bytes(folder.resolve("shards"));

        assertThatThrownBy(() -> forget("a", "z1", "z2"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 ids are in no document of")
                .hasMessageContaining("'z1', 'z2'; nothing was done");
        assertThat(bytes(folder.resolve("shards"))).isEqualTo(before);
    }

    @Test
    void aDamagedShardIsNotGivenANewDigest() throws IOException {
        Path shard = folder.resolve("shards/shard-00000.bin");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length - 4] = 7;
        Files.write(shard, bytes);
        Map<String, String> before = bytes(folder.resolve("shards"));

        assertThatThrownBy(() -> forget("a"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("shard-00000.bin has another sha256 than the manifest says; nothing was done");
        assertThat(bytes(folder.resolve("shards"))).isEqualTo(before);
        assertThat(forget("d").documents()).isEqualTo(1);
    }

    @Test
    void ofTwoRunsAtOnceTheSecondToCommitIsRefused() throws IOException {
        Path shards = folder.resolve("shards");

        assertThatThrownBy(() -> forget(
                        shards,
                        step -> {
                            if (step.equals("wrote manifests")) {
                                forget("d");
                            }
                        },
                        "a"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another run of kindling forget is at work there");
        assertThat(open().documents()).isEqualTo(4);
        assertThat(forget("a").documents()).isEqualTo(1);
    }

    @Test
    void aFolderWithoutIndexIsAUserError() {
        Storage.delete(Storage.absolute(folder.resolve("shards/index.parquet").toString()));

        assertThatThrownBy(() -> forget("a"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("index.parquet is missing");
    }

    @Test
    void aMixtureIsAUserError() {
        var mix = Storage.absolute(folder.resolve("mix").toString());
        var corpus = Storage.absolute(folder.resolve("shards").toString());
        new Mixture(List.of(Mixture.Corpus.of("all", corpus, 0, 1))).writeManifest(mix, Json.object());

        assertThatThrownBy(() -> forget(folder.resolve("mix"), step -> {}, "a"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is a mixture: run kindling forget on its corpora");
    }

    @Test
    void whatWasForgottenBeforeIsSaid() throws IOException {
        forget("b");
        Map<String, String> once = bytes(folder.resolve("shards"));

        assertThat(forget("b")).isEqualTo(new Forgetting.Done(0, 0, 1));
        assertThat(bytes(folder.resolve("shards"))).isEqualTo(once);
        assertThat(forget("b", "e")).isEqualTo(new Forgetting.Done(1, 1, 1));
        assertThat(open().documents()).isEqualTo(3);
    }

    @Test
    void aShardMayLoseAllItsDocuments() {
        forget("d", "e");

        assertThat(open().shards().get(1).tokens()).isZero();
        assertThat(open().documents()).isEqualTo(3);
    }

    @Test
    void stoppedAfterAnyStepTheSameCommandLeavesTheSameBytes() throws IOException {
        List<String> steps = new ArrayList<>();
        forget(folder.resolve("shards"), steps::add, "b");
        Map<String, String> whole = bytes(folder.resolve("shards"));
        assertThat(steps)
                .contains(
                        "wrote index",
                        "committed",
                        "placed index.parquet/part-00000.snappy.parquet",
                        "placed shard-00000.ends");

        for (String last : steps) {
            Path stopped = folder.resolve("stopped after " + last.replace('/', ' '));
            copy(stopped);
            assertThatThrownBy(() -> forget(stopped, step -> stopAfter(last, step), "b"))
                    .hasMessage("stopped");
            forget(stopped, step -> {}, "b");

            assertThat(bytes(stopped)).as("stopped when it had %s", last).isEqualTo(whole);
        }
    }

    private static void stopAfter(String last, String step) {
        if (step.equals(last)) {
            throw new IllegalStateException("stopped");
        }
    }

    @Test
    void aFolderThatWasStoppedInTheMiddleIsNotTrainedOn() {
        assertThatThrownBy(() -> forget(folder.resolve("shards"), step -> stopAfter("committed", step), "b"))
                .hasMessage("stopped");

        assertThatThrownBy(this::open)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("kindling forget was stopped in the middle there: run it again");
    }
}
