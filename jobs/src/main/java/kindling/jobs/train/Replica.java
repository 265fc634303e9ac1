package kindling.jobs.train;

import java.io.BufferedInputStream;
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
 * What one replica carries from round to round. Its parameters are the averaged ones at the start of every round, its place in the data
 * follows from the plan. Never changed once made.
 *
 * @param state of its optimiser and guard; without moments where all replicas share them
 * @param residual what the wire lost so far, as long as the parameters, or of length 0 where it loses nothing
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that pass from task to task: not copied
record Replica(int number, TrainerState state, float[] residual) implements Serializable {
    /** Updates made, in a file's tensor of two: the multiple of 2^24, and what is left. A float holds each exactly. */
    private static final String STEP = "step";

    private static final String RESIDUAL = "residual";
    private static final long STEP_UNIT = 1 << 24;

    /** A replica that has not trained yet. */
    static Replica initial(int number, Plan plan) {
        int lost = plan.averaging().wire().isExact()
                ? 0
                : Math.toIntExact(plan.model().parameterCount());
        return new Replica(number, plan.initialState(), new float[lost]);
    }

    static Path file(Path folder, int number, int replicas) {
        return new Path(folder, "trainer-%05d-of-%05d.safetensors".formatted(number, replicas));
    }

    /** Writes a file and says what it holds. */
    Seal save(Path folder, int replicas) {
        Map<String, float[]> tensors = new TreeMap<>(state.arrays());
        long step = state.step();
        tensors.put(STEP, new float[] {(int) (step / STEP_UNIT), (int) (step % STEP_UNIT)});
        if (residual.length > 0) {
            tensors.put(RESIDUAL, residual);
        }
        return Seal.write(file(folder, number, replicas), out -> Checkpoint.writeTensors(out, tensors));
    }

    /** Reads what {@link #save} wrote. */
    static Replica load(Path folder, int number, int replicas) {
        Map<String, float[]> tensors = tensors(file(folder, number, replicas));
        float[] saved = tensors.remove(STEP);
        float[] residual = tensors.remove(RESIDUAL);
        long made = Math.round(saved[0]) * STEP_UNIT + Math.round(saved[1]);
        return new Replica(number, new TrainerState(made, tensors), residual == null ? new float[0] : residual);
    }

    /** All arrays of a file. */
    static Map<String, float[]> tensors(Path file) {
        try (InputStream in = new BufferedInputStream(Storage.of(file).open(file), 1 << 20)) {
            return new TreeMap<>(Checkpoint.readTensors(in));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
