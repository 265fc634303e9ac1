package kindling.jobs.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Output;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/**
 * The answers that an unfinished job has made durable: a file a chunk, JSON lines with a digest behind them. A file appears whole or not at all, and
 * a damaged one counts as absent. Which chunk a request belongs to follows from the request and the number of chunks.
 *
 * @param folder where the files lie
 * @param count of chunks that the requests are cut into; files of another number are no answers of these
 */
record Chunks(String folder, int count) implements Serializable {
    private static final int SEAL = 65; // bytes: 64 hexadecimal digits and a line end

    /** One request's answer. */
    record Answered(String key, Answer answer) {}

    /** Chunks of about so many requests. */
    static Chunks in(Path staging, long requests, int size) {
        Path folder = new Path(staging, Output.SCRATCH + "/answers");
        Storage.createFolder(folder);
        Storage.deleteUnfinished(folder);
        return new Chunks(folder.toString(), (int) Math.min(Integer.MAX_VALUE, Math.max(1, (requests - 1) / size + 1)));
    }

    void write(int chunk, List<Answered> answers) {
        String lines = answers.stream()
                .map(answer -> Json.line(Json.tree(answer)) + "\n")
                .collect(Collectors.joining());
        Storage.write(file(chunk), lines + seal(lines.getBytes(UTF_8)));
    }

    /** The answers of a chunk, if they were written and are whole. */
    Optional<List<Answered>> read(int chunk) {
        if (!Storage.exists(file(chunk))) {
            return Optional.empty();
        }
        byte[] bytes = Storage.bytes(file(chunk));
        byte[] lines = Arrays.copyOf(bytes, Math.max(0, bytes.length - SEAL));
        String seal = new String(bytes, lines.length, bytes.length - lines.length, UTF_8);
        return seal.equals(seal(lines))
                ? Optional.of(new String(lines, UTF_8)
                        .lines()
                        .map(line -> Json.value(line, Answered.class))
                        .toList())
                : Optional.empty();
    }

    private static String seal(byte[] lines) {
        return Digest.of(lines) + "\n";
    }

    private Path file(int chunk) {
        return new Path(folder, "chunk-%06d-of-%06d".formatted(chunk, count));
    }
}
