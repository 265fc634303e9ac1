package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import kindling.jobs.UserError;
import kindling.jobs.io.TokenShards.Encoded;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
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

        try (TokenShards.Reader reader = shards.reader()) {
            assertThat(reader.ids(0, 1, 2)).containsExactly(2, 3);
            assertThat(reader.ids(1, 0, 100)).containsExactly(ids);
            assertThat(reader.ids(1, 97, 3)).containsExactly(largest - 2, largest - 1, largest);
        }
    }

    @Test
    void opensWhatItsManifestSays() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, new int[] {1, 2, 3}, new int[0]);

        shards.writeManifest(Json.object().put("documents", 1));

        assertThat(TokenShards.open(path())).isEqualTo(shards);
        assertThat(TokenShards.manifest(path()).path("tokens").asLong()).isEqualTo(3);
    }

    @Test
    void aFolderWithoutShardsIsAUserError() {
        assertThatThrownBy(() -> TokenShards.open(path()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("holds no token shards: kindling tokenize makes them");
    }

    @Test
    void refusesAShardThatIsNotTheOneOfTheManifest() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, new int[] {1, 2, 3});
        TokenShards other = new TokenShards(shards.folder(), 2, List.of(4L));

        try (TokenShards.Reader reader = other.reader()) {
            assertThatThrownBy(() -> reader.ids(0, 0, 4)).hasMessageContaining("run tokenize again");
        }
    }

    @Test
    void refusesWhatIsNoShard() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, new int[] {1, 2, 3});
        Files.writeString(folder.resolve("shard-00000.bin"), "a text that is longer than a header");

        try (TokenShards.Reader reader = shards.reader()) {
            assertThatThrownBy(() -> reader.ids(0, 0, 3)).hasMessageContaining("KNDLTOK1");
        }
    }

    @Test
    void writesOneShardForEachPartitionAndAnIndexOfDocuments() {
        LocalSpark.fewPartitions();
        Dataset<Row> rows = LocalSpark.spark()
                .createDataset(List.of("3", "1", "2"), Encoders.STRING())
                .toDF("id")
                .coalesce(1)
                .sortWithinPartitions("id");

        TokenShards shards = TokenShards.write(rows, TokenShardsTest::repeated, path(), 2);

        assertThat(shards.counts()).containsExactly(6L);
        try (TokenShards.Reader reader = shards.reader()) {
            assertThat(reader.ids(0, 0, 6)).containsExactly(1, 2, 2, 3, 3, 3);
        }
        List<Row> index = LocalSpark.spark()
                .read()
                .parquet(folder.resolve("index.parquet").toString())
                .collectAsList();
        assertThat(index).extracting(Row::toString).containsExactly("[1,0,0,1]", "[2,0,1,3]", "[3,0,3,6]");
    }

    /** Document n is n times the id n. */
    private static Iterator<Encoded> repeated(Iterator<Row> rows) {
        List<Encoded> encoded = new ArrayList<>();
        rows.forEachRemaining(row -> {
            int[] ids = new int[Integer.parseInt(row.getString(0))];
            Arrays.fill(ids, ids.length);
            encoded.add(new Encoded(row.getString(0), ids));
        });
        return encoded.iterator();
    }
}
