package kindling.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Optional;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/**
 * What a file of a durable state must hold, so that a damaged one is known.
 *
 * @param name of the file in its folder
 * @param bytes its length
 * @param sha256 of its content, in hexadecimal digits
 */
record Seal(String name, long bytes, String sha256) implements Serializable {
    private static final int BUFFER = 1 << 20;

    /** Writes a file, and reads what goes by. */
    static Seal write(Path file, Storage.Content content) {
        Digest digest = new Digest();
        long[] bytes = new long[1];
        Storage.write(file, out -> {
            OutputStream seen = new BufferedOutputStream(new Seen(out, digest, bytes), BUFFER);
            content.to(seen);
            seen.flush();
        });
        return new Seal(file.getName(), bytes[0], digest.hex());
    }

    static Seal of(JsonNode node) {
        return new Seal(
                node.path("name").asText(),
                node.path("bytes").asLong(),
                node.path("sha256").asText());
    }

    ObjectNode toJson() {
        return Json.object().put("name", name).put("bytes", bytes).put("sha256", sha256);
    }

    /** What is wrong with the file in a folder, or nothing. */
    Optional<String> broken(Path folder) {
        Path file = new Path(folder, name);
        if (!Storage.exists(file)) {
            return Optional.of(name + " is missing");
        }
        Digest digest = new Digest();
        long length = 0;
        try (InputStream in = Storage.of(file).open(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.add(buffer, n);
                length += n;
            }
        } catch (IOException e) { // storage that does not answer is no damage
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
        if (length != bytes) {
            return Optional.of("%s has %,d bytes instead of %,d".formatted(name, length, bytes));
        }
        return digest.hex().equals(sha256) ? Optional.empty() : Optional.of(name + " does not hold what was written");
    }

    /** Reads along with a writer of large blocks. */
    private static final class Seen extends FilterOutputStream {
        private final Digest digest;
        private final long[] bytes;

        Seen(OutputStream out, Digest digest, long[] bytes) {
            super(out);
            this.digest = digest;
            this.bytes = bytes;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] many, int from, int count) throws IOException {
            digest.add(from == 0 ? many : java.util.Arrays.copyOfRange(many, from, from + count), count);
            bytes[0] += count;
            out.write(many, from, count);
        }
    }
}
