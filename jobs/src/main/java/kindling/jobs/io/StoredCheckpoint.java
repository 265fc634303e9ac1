package kindling.jobs.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import kindling.model.checkpoint.CheckpointFolder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A checkpoint's folder on any file system; files of the local disk are mapped into memory. */
public record StoredCheckpoint(Path folder) implements CheckpointFolder {
    /** The folder that a user named. */
    public static StoredCheckpoint of(InputPath input) {
        return new StoredCheckpoint(Storage.absolute(input.path()));
    }

    @Override
    public boolean has(String name) {
        return Storage.exists(new Path(folder, name));
    }

    /** Writes those of these small files that it has into another folder. */
    public void copy(List<String> names, Path to) {
        names.stream()
                .filter(this::has)
                .forEach(name ->
                        Storage.write(new Path(to, name), out -> out.write(Storage.bytes(new Path(folder, name)))));
    }

    @Override
    public InputStream open(String name) throws IOException {
        Path file = new Path(folder, name);
        return Storage.of(file).open(file);
    }

    @Override
    public Optional<java.nio.file.Path> local(String name) {
        boolean here = Storage.of(folder) instanceof RawLocalFileSystem;
        return here
                ? Optional.of(
                        java.nio.file.Path.of(new Path(folder, name).toUri().getPath()))
                : Optional.empty();
    }
}
