package kindling.jobs.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import kindling.jobs.io.Storage;
import kindling.model.checkpoint.Checkpoint;
import org.apache.hadoop.fs.Path;

/**
 * What one replica carries from round to round: AdamW's moments. Its parameters are the averaged ones at the start of every
 * round, its place in the data follows from the step. Never changed once made.
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that pass from task to task: not copied
record Replica(int number, float[] firstMoments, float[] secondMoments, long step) implements Serializable {
    private static final String FIRST = "exp_avg";
    private static final String SECOND = "exp_avg_sq";

    static Replica initial(int number, int parameters) {
        return new Replica(number, new float[parameters], new float[parameters], 0);
    }

    static Path file(Path folder, int number, int replicas) {
        return new Path(folder, "trainer-%05d-of-%05d.safetensors".formatted(number, replicas));
    }

    void save(Path folder, int replicas) {
        Storage.write(file(folder, number, replicas), out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 20);
            Checkpoint.writeTensors(buffered, Map.of(FIRST, firstMoments, SECOND, secondMoments));
            buffered.flush();
        });
    }

    static Replica load(Path folder, int number, int replicas, long step) {
        Path file = file(folder, number, replicas);
        try (InputStream in = new BufferedInputStream(Storage.of(file).open(file), 1 << 20)) {
            Map<String, float[]> tensors = Checkpoint.readTensors(in);
            return new Replica(number, tensors.get(FIRST), tensors.get(SECOND), step);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
