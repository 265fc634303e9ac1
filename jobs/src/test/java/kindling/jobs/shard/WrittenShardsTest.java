package kindling.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import kindling.jobs.LocalSpark;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.prep.shard.TokenShard;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenShardsTest {
    @TempDir
    Path folder;

    private WrittenShards write(String... ids) {
        Dataset<Row> rows = LocalSpark.spark()
                .createDataset(List.of(ids), Encoders.STRING())
                .toDF("id")
                .coalesce(1)
                .sortWithinPartitions("id");
        return WrittenShards.write(rows, WrittenShardsTest::repeated, Storage.absolute(folder.toString()), 2, 4);
    }

    /** Document n is n times the id n. */
    private static Iterator<Encoded> repeated(Iterator<Row> rows) {
        Iterable<Row> all = () -> rows;
        return StreamSupport.stream(all.spliterator(), false)
                .map(row -> {
                    int[] ids = new int[Integer.parseInt(row.getString(0))];
                    Arrays.fill(ids, ids.length);
                    return Encoded.of(row.getString(0), TokenShard.bytes(ids, 2));
                })
                .iterator();
    }

    @Test
    void aPartitionIsAShardWithEndsAndDigest() throws IOException {
        try (WrittenShards written = write("3", "1", "2")) {
            TokenShards shards = written.shards();

            String sha256 = Digest.of(Files.readAllBytes(folder.resolve("shard-00000.bin")));
            assertThat(shards.shards()).containsExactly(new Shard(6, 3, sha256));
            try (ShardReader reader = shards.reader()) {
                assertThat(reader.ids(0, 0, 6)).containsExactly(1, 2, 2, 3, 3, 3);
                assertThat(reader.ends(0)).containsExactly(1, 3, 6);
            }
        }
    }

    @Test
    void idsAreCountedOnTheWay() {
        try (WrittenShards written = write("3", "1", "2")) {
            assertThat(written.unigrams()).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void theIndexSaysWhereADocumentLies() {
        try (WrittenShards written = write("3", "1", "2")) {
            written.writeIndex(Json.object());
        }

        List<Row> index = LocalSpark.spark()
                .read()
                .parquet(folder.resolve("index.parquet").toString())
                .collectAsList();
        assertThat(index).extracting(Row::toString).containsExactly("[1,0,0,1]", "[2,0,1,3]", "[3,0,3,6]");
    }

    @Test
    void whatAKilledWriterLeftIsDeleted() throws IOException {
        Path left = Files.createFile(folder.resolve(".shard-00000.bin.0123abcd-0123-0123-0123-0123456789ab"));
        Path other = Files.createFile(folder.resolve(".hidden.bin"));

        write("1").close();

        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }
}
