package kindling.jobs.shard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Storage;
import kindling.prep.shard.DocumentEnds;
import kindling.prep.shard.TokenShard;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Row;

/**
 * Writes shards, on executors: one document is at hand at a time. The ids wait on the local disk until their number is known, which the
 * header says; digest and counts come of the same pass.
 *
 * @param folder where shards go
 * @param counted ids below it are counted: the size of the vocabulary, or 0
 */
record ShardWriter(String folder, int bytesPerId, int counted) implements Serializable {
    private static final int CHUNK = 1 << 20; // bytes copied at once

    WrittenShard write(int number, Iterator<Encoded> documents) {
        try {
            java.nio.file.Path ids = localFile();
            try {
                return write(number, documents, ids);
            } finally {
                Files.deleteIfExists(ids);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Among the other files of Spark on this machine, which are cleared away with it. */
    private static java.nio.file.Path localFile() {
        return SparkEnv.get()
                .blockManager()
                .diskBlockManager()
                .createTempLocalBlock()
                ._2()
                .toPath();
    }

    private WrittenShard write(int number, Iterator<Encoded> documents, java.nio.file.Path ids) throws IOException {
        List<Row> outcomes = new ArrayList<>();
        long[] unigrams = new long[counted];
        long[] ends = new long[1024];
        int kept = 0;
        long end = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(ids), CHUNK)) {
            while (documents.hasNext()) {
                Encoded document = documents.next();
                outcomes.add(document.outcome());
                if (Outcomes.isKept(document.outcome())) {
                    out.write(document.ids());
                    count(document.ids(), unigrams);
                    end += document.ids().length / bytesPerId;
                    ends = kept == ends.length ? Arrays.copyOf(ends, 2 * kept) : ends;
                    ends[kept++] = end;
                }
            }
        }
        ends = Arrays.copyOf(ends, kept);
        String sha256 = publish(number, end, ids);
        byte[] endBytes = DocumentEnds.bytes(ends);
        Storage.write(TokenShards.ends(folder, number), out -> out.write(endBytes));
        return new WrittenShard(number, new Shard(end, kept, sha256), outcomes, ends, unigrams);
    }

    private void count(byte[] document, long[] unigrams) {
        if (unigrams.length > 0) {
            for (int id : TokenShard.ids(document, bytesPerId)) {
                unigrams[id]++;
            }
        }
    }

    /** Writes header and ids to where they belong and returns their digest. */
    private String publish(int number, long count, java.nio.file.Path ids) {
        byte[] header = TokenShard.header(bytesPerId, count);
        Digest digest = new Digest().add(header, header.length);
        Storage.write(TokenShards.shard(folder, number), out -> {
            out.write(header);
            byte[] chunk = new byte[CHUNK];
            try (InputStream in = Files.newInputStream(ids)) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    out.write(chunk, 0, read);
                    digest.add(chunk, read);
                }
            }
        });
        return digest.hex();
    }
}
