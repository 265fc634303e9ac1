package kindling.jobs.shard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Storage;
import kindling.prep.shard.DocumentEnds;
import kindling.prep.shard.TokenShard;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads ids of shards at given places; for one thread. What is damaged is refused: a header that is not the manifest's, an id that the
 * vocabulary does not have, a file that ends early.
 */
public final class ShardReader implements AutoCloseable {
    private static final int CHUNK = 1 << 20; // bytes

    private final TokenShards shards;
    private final FSDataInputStream[] streams;

    ShardReader(TokenShards shards) {
        this.shards = shards;
        this.streams = new FSDataInputStream[shards.shards().size()];
    }

    /**
     * {@code count} ids of a shard, from position {@code from}.
     *
     * @throws UncheckedIOException when the shard is damaged; the message names the file and the remedy
     */
    public int[] ids(int shard, long from, int count) {
        byte[] bytes = bytes(shard, from, count);
        int[] ids = TokenShard.ids(bytes, shards.bytesPerId());
        for (int i = 0; i < count; i++) {
            if (Integer.compareUnsigned(ids[i], shards.vocabularySize()) >= 0) {
                throw damaged(
                        TokenShards.shard(shards.folder(), shard),
                        "holds the id %s at position %d, the vocabulary has %d"
                                .formatted(Integer.toUnsignedString(ids[i]), from + i, shards.vocabularySize()));
            }
        }
        return ids;
    }

    /** The same, as they lie there. */
    byte[] bytes(int shard, long from, int count) {
        byte[] bytes = new byte[Math.multiplyExact(count, shards.bytesPerId())];
        try {
            if (streams[shard] == null) {
                streams[shard] = open(shard);
            }
            streams[shard].readFully(TokenShard.HEADER_BYTES + from * shards.bytesPerId(), bytes);
        } catch (IOException e) {
            throw damaged(TokenShards.shard(shards.folder(), shard), "cannot be read (" + e.getMessage() + ")");
        }
        return bytes;
    }

    /** The position behind each document of a shard. */
    public long[] ends(int shard) {
        Path file = TokenShards.ends(shards.folder(), shard);
        try {
            return DocumentEnds.parse(
                    Storage.bytes(file), shards.shards().get(shard).tokens());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw damaged(file, "cannot be read (" + e.getMessage() + ")");
        }
    }

    /** SHA-256 of a shard's file as it is, in hex. */
    static String digest(TokenShards shards, int number) {
        Path file = TokenShards.shard(shards.folder(), number);
        Digest digest = new Digest();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Storage.of(file).open(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.add(chunk, read);
            }
        } catch (IOException e) {
            throw damaged(file, "cannot be read (" + e.getMessage() + ")");
        }
        return digest.hex();
    }

    private FSDataInputStream open(int shard) throws IOException {
        Path file = TokenShards.shard(shards.folder(), shard);
        FSDataInputStream in = Storage.of(file).open(file);
        try {
            byte[] head = new byte[TokenShard.HEADER_BYTES];
            in.readFully(0, head);
            TokenShard.Header expected = new TokenShard.Header(
                    shards.bytesPerId(), shards.shards().get(shard).tokens());
            TokenShard.Header header = TokenShard.parseHeader(head);
            if (!header.equals(expected)) {
                throw new IOException("its header says %s, the manifest %s".formatted(header, expected));
            }
            return in;
        } catch (IOException | IllegalArgumentException e) {
            in.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    private static UncheckedIOException damaged(Path file, String problem) {
        return new UncheckedIOException(new IOException(TokenShards.damaged(file, problem)));
    }

    @Override
    public void close() {
        for (FSDataInputStream stream : streams) {
            try {
                if (stream != null) {
                    stream.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
