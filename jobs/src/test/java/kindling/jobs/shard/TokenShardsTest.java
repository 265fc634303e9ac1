package kindling.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import kindling.jobs.UserError;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenShardsTest {
    @TempDir
    Path folder;

    private org.apache.hadoop.fs.Path path() {
        return Storage.absolute(folder.toString());
    }

    @ParameterizedTest(name = "{0} bytes an id, ids up to {1}")
    @CsvSource({"2, 65535", "4, 1000000"})
    void readsIdsAtAnyPlace(int bytesPerId, int largest) throws IOException {
        int[] ids = IntStream.rangeClosed(largest - 99, largest).toArray();
        TokenShards shards = ShardFolder.write(folder, bytesPerId, new int[] {1, 2, 3}, ids);

        try (ShardReader reader = shards.reader()) {
            assertThat(reader.ids(0, 1, 2)).containsExactly(2, 3);
            assertThat(reader.ids(1, 0, 100)).containsExactly(ids);
            assertThat(reader.ids(1, 97, 3)).containsExactly(largest - 2, largest - 1, largest);
        }
    }

    @Test
    void readsWhereDocumentsEnd() throws IOException {
        TokenShards shards = ShardFolder.documents(folder, 2, new int[0][], new int[][] {{1, 2}, {3}, {4, 5, 6}});

        try (ShardReader reader = shards.reader()) {
            assertThat(reader.ends(0)).isEmpty();
            assertThat(reader.ends(1)).containsExactly(2, 3, 6);
        }
    }

    @Test
    void opensWhatItsManifestSays() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, new int[] {1, 2, 3}, new int[0]);

        shards.writeManifest(Json.object().put("packing", "stream"));

        assertThat(TokenShards.open(path())).isEqualTo(shards);
        assertThat(TokenShards.manifest(path()).path("tokens").asLong()).isEqualTo(3);
        assertThat(TokenShards.manifest(path()).path("documents").asLong()).isEqualTo(1);
    }

    @Test
    void aFolderWithoutShardsIsAUserError() {
        assertThatThrownBy(() -> TokenShards.open(path()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("holds no token shards: kindling tokenize makes them");
    }

    @Test
    void aFileThatIsMissingOrCutIsAUserErrorBeforeAnythingIsRead() throws IOException {
        ShardFolder.write(folder, 2, new int[] {1, 2, 3}, new int[] {4}).writeManifest(Json.object());
        Files.write(folder.resolve("shard-00000.bin"), new byte[29]);
        Files.delete(folder.resolve("shard-00001.ends"));

        assertThatThrownBy(() -> TokenShards.open(path()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "shard-00000.bin has 29 bytes, not 30: delete the folder and run kindling tokenize again")
                .hasMessageContaining("shard-00001.ends is missing: delete the folder and run kindling tokenize again");
    }

    @Test
    void aDamagedManifestIsAUserError() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{\"shards\": [");

        assertThatThrownBy(() -> TokenShards.open(path()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("manifest.json is no JSON: delete the folder and run kindling tokenize again");
    }

    @Test
    void refusesAShardThatIsNotTheOneOfTheManifest() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, new int[] {1, 2, 3});
        TokenShards other = new TokenShards(shards.folder(), 2, 8, List.of(new Shard(4, 1, "")));

        try (ShardReader reader = other.reader()) {
            assertThatThrownBy(() -> reader.ids(0, 0, 4))
                    .hasMessageContaining("shard-00000.bin cannot be read (its header says")
                    .hasMessageContaining("run kindling tokenize again");
        }
    }

    @Test
    void refusesWhatIsNoShard() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, new int[] {1, 2, 3});
        Files.writeString(folder.resolve("shard-00000.bin"), "a text that is longer than a header");

        try (ShardReader reader = shards.reader()) {
            assertThatThrownBy(() -> reader.ids(0, 0, 3)).hasMessageContaining("KNDLTOK1");
        }
    }

    @Test
    void refusesIdsThatTheVocabularyDoesNotHave() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 4, new int[] {1, 2_000_000, 3});

        try (ShardReader reader = shards.reader()) {
            assertThatThrownBy(() -> reader.ids(0, 0, 3))
                    .hasMessageContaining(
                            "shard-00000.bin holds the id 2000000 at position 1, the vocabulary has 1000001")
                    .hasMessageContaining("delete the folder and run kindling tokenize again");
        }
    }

    @Test
    void refusesEndsThatAreNotThoseOfTheShard() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, new int[] {1, 2, 3});
        Files.write(folder.resolve("shard-00000.ends"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0});

        try (ShardReader reader = shards.reader()) {
            assertThatThrownBy(() -> reader.ends(0))
                    .hasMessageContaining(
                            "shard-00000.ends cannot be read (its documents end at 2, the shard has 3 ids)");
        }
    }
}
