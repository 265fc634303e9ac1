package kindling.jobs.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kindling.prep.shard.TokenShard;

/** Token shards with given ids, written without Spark. */
public final class ShardFolder {
    private ShardFolder() {}

    /** Writes one shard for each array of ids. */
    public static TokenShards write(Path folder, int bytesPerId, int[]... shards) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < shards.length; i++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("shard-%05d.bin".formatted(i)))) {
                out.write(TokenShard.header(bytesPerId, shards[i].length));
                TokenShard.put(shards[i], bytesPerId, out);
            }
        }
        List<Long> counts = Stream.of(shards).map(ids -> (long) ids.length).toList();
        return new TokenShards(Storage.absolute(folder.toString()).toString(), bytesPerId, counts);
    }
}
