package kindling.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Where a training run stands after a round: all that lives on the driver. The replicas' moments lie in files beside it, written
 * by the executors.
 *
 * @param round rounds finished
 * @param parameters θ
 * @param momentum of the outer optimiser
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that pass through unchanged: not copied
record TrainingState(long round, float[] parameters, float[] momentum) {
    static final String MODEL = "model.safetensors";
    static final String CONFIG = "config.json";
    private static final String OUTER = "trainer.safetensors";
    private static final String STATE = "trainer_state.json";
    private static final String MOMENTUM = "outer_momentum";

    /** The folder of a durable state. */
    static Path folder(Path training, long round) {
        return new Path(training, "round-%06d".formatted(round));
    }

    /** Writes a checkpoint; {@code trainer_state.json} comes last, so that a folder that has one is whole. */
    void save(Path folder, TransformerConfig config, ObjectNode facts) {
        Storage.write(new Path(folder, CONFIG), config.toJson());
        Storage.write(new Path(folder, MODEL), out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 20);
            Checkpoint.writeModel(buffered, config, parameters);
            buffered.flush();
        });
        Storage.write(new Path(folder, OUTER), out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 20);
            Checkpoint.writeTensors(buffered, Map.of(MOMENTUM, momentum));
            buffered.flush();
        });
        Storage.write(new Path(folder, STATE), Json.text(facts.put("round", round)));
    }

    static TrainingState load(Path folder, TransformerConfig config) {
        long round =
                Json.parse(Storage.text(new Path(folder, STATE))).path("round").asLong();
        try (InputStream in = new BufferedInputStream(Storage.of(folder).open(new Path(folder, OUTER)), 1 << 20)) {
            float[] momentum = Checkpoint.readTensors(in).get(MOMENTUM);
            return new TrainingState(round, readModel(folder, config), momentum);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
        }
    }

    static float[] readModel(Path folder, TransformerConfig config) {
        Path file = new Path(folder, MODEL);
        try (InputStream in = new BufferedInputStream(Storage.of(file).open(file), 1 << 20)) {
            return Checkpoint.readModel(in, config);
        } catch (IOException | IllegalArgumentException e) {
            throw new kindling.jobs.UserError(file + " cannot be read: " + e.getMessage());
        }
    }

    /** The newest whole state of a run: the folder itself when it is finished. */
    static Optional<Path> newest(Path training) {
        return Stream.concat(
                        Stream.of(training),
                        folders(training)
                                .sorted(Comparator.comparing(Path::getName).reversed()))
                .filter(folder -> Storage.exists(new Path(folder, STATE)))
                .findFirst();
    }

    /** All round folders, whole or not. */
    static Stream<Path> folders(Path training) {
        try {
            return Stream.of(Storage.of(training).listStatus(training))
                    .filter(FileStatus::isDirectory)
                    .map(FileStatus::getPath)
                    .filter(path -> path.getName().startsWith("round-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
