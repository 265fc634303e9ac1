package kindling.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files that a checkpoint consists of, wherever they lie. */
public interface CheckpointFolder {
    /** Whether there is a file of this name. */
    boolean has(String name) throws IOException;

    /** Opens a file; whoever asks closes it. */
    InputStream open(String name) throws IOException;

    /** Where a file can be mapped into memory, if it lies on this machine. */
    default Optional<Path> local(String name) {
        return Optional.empty();
    }

    /** A folder of this machine. */
    static CheckpointFolder of(Path folder) {
        return new CheckpointFolder() {
            @Override
            public boolean has(String name) {
                return Files.isRegularFile(folder.resolve(name));
            }

            @Override
            public InputStream open(String name) throws IOException {
                return Files.newInputStream(folder.resolve(name));
            }

            @Override
            public Optional<Path> local(String name) {
                return Optional.of(folder.resolve(name));
            }
        };
    }
}
