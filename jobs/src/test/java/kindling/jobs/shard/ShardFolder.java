package kindling.jobs.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Storage;
import kindling.prep.shard.DocumentEnds;
import kindling.prep.shard.TokenShard;

/** Token shards with given ids, written without Spark. */
public final class ShardFolder {
    private static final int VOCABULARY = 1_000_001;

    private ShardFolder() {}

    /** Writes one shard for each array of ids, each one document. */
    public static TokenShards write(Path folder, int bytesPerId, int[]... shards) throws IOException {
        return documents(
                folder,
                bytesPerId,
                Stream.of(shards)
                        .map(ids -> ids.length == 0 ? new int[0][] : new int[][] {ids})
                        .toArray(int[][][]::new));
    }

    /** Writes one shard for each array of documents. */
    public static TokenShards documents(Path folder, int bytesPerId, int[][]... shards) throws IOException {
        Files.createDirectories(folder);
        List<Shard> written = new ArrayList<>();
        for (int[][] documents : shards) {
            written.add(shard(folder, bytesPerId, written.size(), documents));
        }
        return new TokenShards(Storage.absolute(folder.toString()).toString(), bytesPerId, VOCABULARY, written);
    }

    private static Shard shard(Path folder, int bytesPerId, int number, int[][] documents) throws IOException {
        int[] ids = Stream.of(documents).flatMapToInt(IntStream::of).toArray();
        long[] ends = new long[documents.length];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += documents[i].length;
            ends[i] = end;
        }
        Path file = folder.resolve("shard-%05d.bin".formatted(number));
        try (var out = Files.newOutputStream(file)) {
            out.write(TokenShard.header(bytesPerId, ids.length));
            out.write(TokenShard.bytes(ids, bytesPerId));
        }
        Files.write(folder.resolve("shard-%05d.ends".formatted(number)), DocumentEnds.bytes(ends));
        return new Shard(ids.length, documents.length, Digest.of(Files.readAllBytes(file)));
    }
}
