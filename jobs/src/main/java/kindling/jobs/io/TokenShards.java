package kindling.jobs.io;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.UserError;
import kindling.prep.shard.TokenShard;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A folder of token shards: {@code shard-00000.bin} …, {@code index.parquet} (which document lies where) and
 * {@code manifest.json}. One shard a partition, its documents in their order, each ending with the end-of-text id.
 *
 * @param folder its URI
 * @param bytesPerId 2 or 4
 * @param counts ids in each shard
 */
public record TokenShards(String folder, int bytesPerId, List<Long> counts) implements Serializable {
    private static final String MANIFEST = "manifest.json";

    private static final StructType INDEX = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("shard", DataTypes.IntegerType, false)
            .add("start", DataTypes.LongType, false)
            .add("end", DataTypes.LongType, false);

    public TokenShards {
        counts = List.copyOf(counts);
    }

    /** The ids of one document. */
    @SuppressWarnings("ArrayRecordComponent") // a document's ids, on their way into a file
    public record Encoded(String id, int[] ids) {}

    /** Encodes the rows of a partition, on its executor. */
    @FunctionalInterface
    public interface Encoder extends Serializable {
        Iterator<Encoded> of(Iterator<Row> rows);
    }

    /** Writes shards of what an encoder makes of rows, one shard for each partition. Runs on the driver. */
    public static TokenShards write(Dataset<Row> rows, Encoder encoder, Path folder, int bytesPerId) {
        String target = folder.toString();
        MapPartitionsFunction<Row, Row> work = partition -> writeShard(target, bytesPerId, encoder.of(partition));
        Dataset<Row> index = rows.mapPartitions(work, Encoders.row(INDEX)).persist(StorageLevel.MEMORY_AND_DISK());
        Long[] counts = new Long[rows.rdd().getNumPartitions()];
        Arrays.fill(counts, 0L);
        index.groupBy("shard").agg(max("end")).collectAsList().forEach(row -> counts[row.getInt(0)] = row.getLong(1));
        Tables.write(
                index.orderBy(col("shard"), col("start")).coalesce(1), new Path(folder, "index.parquet"), "parquet");
        index.unpersist();
        return new TokenShards(target, bytesPerId, List.of(counts));
    }

    private static Path shard(String folder, int number) {
        return new Path(folder, "shard-%05d.bin".formatted(number));
    }

    /** Writes one shard and returns its part of the index. The ids wait on the local disk until their number is known. */
    private static Iterator<Row> writeShard(String folder, int bytesPerId, Iterator<Encoded> documents) {
        int number = TaskContext.getPartitionId();
        List<Row> index = new ArrayList<>();
        try {
            java.nio.file.Path ids = Files.createTempFile("kindling-shard", ".ids");
            try {
                long end = 0;
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(ids))) {
                    while (documents.hasNext()) {
                        Encoded document = documents.next();
                        TokenShard.put(document.ids, bytesPerId, out);
                        long start = end;
                        end += document.ids.length;
                        index.add(RowFactory.create(document.id, number, start, end));
                    }
                }
                byte[] header = TokenShard.header(bytesPerId, end);
                Storage.write(shard(folder, number), out -> {
                    out.write(header);
                    Files.copy(ids, out);
                });
            } finally {
                Files.delete(ids);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return index.iterator();
    }

    public long tokens() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Writes {@code manifest.json}, with what the caller adds about the tokenizer and the documents. */
    public void writeManifest(ObjectNode facts) {
        facts.put("bytes_per_id", bytesPerId).put("tokens", tokens());
        ArrayNode shards = facts.putArray("shards");
        for (int i = 0; i < counts.size(); i++) {
            shards.addObject().put("file", shard(folder, i).getName()).put("count", counts.get(i));
        }
        Storage.write(new Path(folder, MANIFEST), Json.text(facts));
    }

    /** @throws UserError when the folder holds no token shards */
    public static TokenShards open(Path folder) {
        ObjectNode facts = manifest(folder);
        List<Long> counts = new ArrayList<>();
        facts.path("shards").forEach(shard -> counts.add(shard.path("count").asLong()));
        return new TokenShards(folder.toString(), facts.path("bytes_per_id").asInt(), counts);
    }

    /** What {@link #writeManifest} wrote. */
    public static ObjectNode manifest(Path folder) {
        Path file = new Path(folder, MANIFEST);
        if (!Storage.exists(file)) {
            throw new UserError("%s holds no token shards: kindling tokenize makes them".formatted(folder));
        }
        return Json.parse(Storage.text(file));
    }

    /** Opens the shards for positional reads, on any machine. */
    public Reader reader() {
        return new Reader(this);
    }

    /** Reads ids at given places; for one thread. */
    public static final class Reader implements AutoCloseable {
        private final TokenShards shards;
        private final FSDataInputStream[] streams;

        private Reader(TokenShards shards) {
            this.shards = shards;
            this.streams = new FSDataInputStream[shards.counts.size()];
        }

        /** {@code count} ids of a shard, from position {@code from}. */
        public int[] ids(int shard, long from, int count) {
            byte[] bytes = new byte[count * shards.bytesPerId];
            try {
                if (streams[shard] == null) {
                    streams[shard] = open(shard);
                }
                streams[shard].readFully(TokenShard.HEADER_BYTES + from * shards.bytesPerId, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(shard(shards.folder, shard) + ": " + e.getMessage(), e);
            }
            return TokenShard.ids(bytes, shards.bytesPerId);
        }

        private FSDataInputStream open(int shard) throws IOException {
            Path file = shard(shards.folder, shard);
            FSDataInputStream in = Storage.of(file).open(file);
            byte[] head = new byte[TokenShard.HEADER_BYTES];
            in.readFully(0, head);
            TokenShard.Header header = TokenShard.parseHeader(head);
            if (header.bytesPerId() != shards.bytesPerId || header.count() != shards.counts.get(shard)) {
                in.close();
                throw new IOException("its header says %s, the manifest %d bytes an id and %d ids: run tokenize again"
                        .formatted(header, shards.bytesPerId, shards.counts.get(shard)));
            }
            return in;
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
}
