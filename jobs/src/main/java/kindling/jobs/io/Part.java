package kindling.jobs.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import kindling.prep.Document;
import kindling.prep.read.FilePart;
import kindling.prep.read.FileReading;
import kindling.prep.read.ReadOptions;
import kindling.prep.read.Sink;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A part of a file and where the file lies; made on the driver, read on an executor.
 *
 * @param location of the file, anything that Hadoop's FileSystem opens
 */
record Part(String location, FilePart part) implements Serializable {
    private static final int TASKS_PER_CORE = 4; // so that cores that are done early take over from others
    private static final long OPENING_BYTES =
            1 << 18; // what opening a file costs, in bytes that could be read meanwhile

    /**
     * Cuts files into parts and puts these into tasks of about equal work, in the order of the files.
     *
     * @param root that the files' names are relative to
     * @param partBytes of a file that one task reads at most
     */
    static List<List<Part>> tasks(List<FileStatus> files, Path root, long partBytes, int cores) {
        List<Part> parts = files.stream()
                .flatMap(file -> of(file, root, partBytes).stream())
                .toList();
        long work = parts.stream().mapToLong(Part::work).sum();
        long perTask = Math.min(partBytes, work / ((long) cores * TASKS_PER_CORE) + 1);
        List<List<Part>> tasks = new ArrayList<>();
        long room = 0;
        for (Part part : parts) {
            if (room <= 0) {
                tasks.add(new ArrayList<>());
                room = perTask;
            }
            tasks.get(tasks.size() - 1).add(part);
            room -= part.work();
        }
        return tasks;
    }

    private static List<Part> of(FileStatus file, Path root, long partBytes) {
        String name = InputFiles.relative(root, file.getPath());
        return FilePart.of(name, file.getLen(), partBytes).stream()
                .map(part -> new Part(file.getPath().toString(), part))
                .toList();
    }

    private long work() {
        return OPENING_BYTES + part.bytes();
    }

    /** Reads the part; what cannot be opened is a rejection. */
    void read(ReadOptions options, Sink sink) {
        try {
            FileReading.read(part, this::open, options, sink);
        } catch (IOException e) {
            String position = part.start() == 0 ? "" : Long.toString(part.start());
            String place = position.isEmpty() ? part.path() : part.path() + ": byte " + position;
            sink.reject(Document.idOf(part.path(), position), "unreadable", place + ": " + e.getMessage());
        }
    }

    private InputStream open(long offset) throws IOException {
        Path path = new Path(location);
        FSDataInputStream in = Storage.of(path).open(path);
        try {
            in.seek(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
