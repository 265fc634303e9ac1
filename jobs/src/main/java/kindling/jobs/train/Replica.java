package kindling.jobs.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.io.Storage;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.train.TrainerState;
import org.apache.hadoop.fs.Path;

/**
 * What one replica carries from round to round: its optimiser's state, and its guard's. Its parameters are the averaged ones at
 * the start of every round, its place in the data follows from the plan. Never changed once made.
 */
record Replica(int number, TrainerState state) implements Serializable {
    /** Updates made, in a file's tensor of two: the multiple of 2^24, and what is left. A float holds each exactly. */
    private static final String STEP = "step";

    private static final long STEP_UNIT = 1 << 24;

    /** A replica that has not trained yet. */
    static Replica initial(int number, Plan plan) {
        return new Replica(number, plan.initialState());
    }

    static Path file(Path folder, int number, int replicas) {
        return new Path(folder, "trainer-%05d-of-%05d.safetensors".formatted(number, replicas));
    }

    void save(Path folder, int replicas) {
        Storage.write(file(folder, number, replicas), out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 20);
            Map<String, float[]> tensors = new TreeMap<>(state.arrays());
            long step = state.step();
            tensors.put(STEP, new float[] {(int) (step / STEP_UNIT), (int) (step % STEP_UNIT)});
            Checkpoint.writeTensors(buffered, tensors);
            buffered.flush();
        });
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param step updates made, where the file is of a time when it did not say
     */
    static Replica load(Path folder, int number, int replicas, long step) {
        Path file = file(folder, number, replicas);
        try (InputStream in = new BufferedInputStream(Storage.of(file).open(file), 1 << 20)) {
            Map<String, float[]> tensors = new TreeMap<>(Checkpoint.readTensors(in));
            float[] saved = tensors.remove(STEP);
            long made = saved == null ? step : Math.round(saved[0]) * STEP_UNIT + Math.round(saved[1]);
            return new Replica(number, new TrainerState(made, tensors));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
