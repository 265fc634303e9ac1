package kindling.jobs.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kindling.jobs.UserError;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Files of any Hadoop file system (local, {@code hdfs:}, {@code s3a:}), on the driver and on executors, with the settings that
 * Spark was given as {@code spark.hadoop.*}. Local files are read and written without the {@code .crc} files beside them, so
 * that people may edit what lies on their disk.
 */
public final class Storage {
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Storage() {}

    /** @throws UncheckedIOException when the scheme of {@code path} is unknown or its server does not answer */
    public static FileSystem of(Path path) {
        try {
            FileSystem files = path.getFileSystem(configuration());
            return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    static Configuration configuration() {
        return SparkEnv.get() == null
                ? WithoutSpark.CONFIGURATION
                : SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    }

    /** What holds where Spark has not started, read once: its many XML files take longer than most questions. */
    private static final class WithoutSpark {
        private static final Configuration CONFIGURATION = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }

    /** The absolute form of a path that a user wrote: relative ones start at the working folder. */
    public static Path absolute(String path) {
        try {
            Path parsed = new Path(path);
            return of(parsed).makeQualified(parsed);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new UserError("'%s' is no path that can be opened: %s".formatted(path, e.getMessage()));
        }
    }

    public static boolean exists(Path path) {
        return answer(path, () -> of(path).exists(path));
    }

    /** Whether there is a folder at this path. */
    public static boolean isFolder(Path path) {
        return exists(path) && answer(path, () -> of(path).getFileStatus(path).isDirectory());
    }

    /** The whole of a small file. */
    public static byte[] bytes(Path path) {
        return answer(path, () -> {
            try (FSDataInputStream in = of(path).open(path)) {
                return in.readAllBytes();
            }
        });
    }

    /** The whole of a small UTF-8 file. */
    public static String text(Path path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /** Writes a small UTF-8 file: beside its place first, then renamed, so that nobody sees half of it. */
    public static void write(Path path, String text) {
        write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        void to(OutputStream out) throws IOException;
    }

    /** Writes a file as {@link #write(Path, String)} does. Two writers of one path have each their own place beside it, then {@link #replace}. */
    public static void write(Path path, Content content) {
        answer(path, () -> {
            FileSystem files = of(path);
            Path beside = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
            try (OutputStream out = files.create(beside, true)) {
                content.to(out);
            }
            replace(beside, path);
            return true;
        });
    }

    /**
     * Puts a file in the place of another. Where the store's rename does that, at once; elsewhere the other is deleted first. Of two that put
     * the same bytes there, whoever is late changes nothing.
     */
    public static void replace(Path from, Path to) {
        answer(from, () -> {
            if (!renamed(from, to) && of(from).exists(from)) {
                of(to).delete(to, false);
                rename(from, to);
            }
            return true;
        });
    }

    private static boolean renamed(Path from, Path to) throws IOException {
        try {
            return of(from).rename(from, to);
        } catch (FileAlreadyExistsException e) { // what some stores say instead of false
            return false;
        }
    }

    /** @throws UncheckedIOException when the rename did not happen */
    public static void rename(Path from, Path to) {
        answer(from, () -> {
            if (!of(from).rename(from, to)) {
                throw new IOException("could not be renamed to " + to);
            }
            return true;
        });
    }

    public static void delete(Path path) {
        answer(path, () -> of(path).delete(path, true));
    }

    public static void createFolder(Path path) {
        answer(path, () -> of(path).mkdirs(path));
    }

    /** The files and folders that lie in a folder, hidden ones too. */
    public static List<Path> children(Path folder) {
        return answer(
                folder,
                () -> Stream.of(of(folder).listStatus(folder))
                        .map(FileStatus::getPath)
                        .toList());
    }

    /** The files that lie in a folder, hidden ones too, with their lengths in bytes. */
    public static Map<String, Long> lengths(Path folder) {
        return answer(folder, () -> {
            Map<String, Long> lengths = new TreeMap<>();
            for (FileStatus status : of(folder).listStatus(folder)) {
                if (status.isFile()) {
                    lengths.put(status.getPath().getName(), status.getLen());
                }
            }
            return lengths;
        });
    }

    /** Deletes what writers of files in a folder left when they were killed. One that still works, as a late attempt of a task may, fails. */
    public static void deleteUnfinished(Path folder) {
        lengths(folder).keySet().stream()
                .filter(name -> UNFINISHED.matcher(name).matches())
                .forEach(name -> delete(new Path(folder, name)));
    }

    /**
     * Every file that a file, folder or glob stands for, by path. Below folders, files and folders whose names start with
     * {@code _} or {@code .} are left out, as everywhere in Hadoop, and so are the pages that recipes' runs write.
     *
     * @return empty when nothing matches
     */
    public static List<FileStatus> files(Path pattern) {
        return answer(pattern, () -> {
            List<FileStatus> found = new ArrayList<>();
            FileStatus[] roots = of(pattern).globStatus(pattern);
            for (FileStatus root : roots == null ? new FileStatus[0] : roots) {
                collect(root, found);
            }
            found.sort(Comparator.comparing(status -> status.getPath().toString()));
            return found;
        });
    }

    private static void collect(FileStatus status, List<FileStatus> found) throws IOException {
        if (status.isFile()) {
            found.add(status);
            return;
        }
        for (FileStatus child : of(status.getPath()).listStatus(status.getPath())) {
            String name = child.getPath().getName();
            if (!name.startsWith("_") && !name.startsWith(".") && !isRunPage(child.getPath())) {
                collect(child, found);
            }
        }
    }

    private static boolean isRunPage(Path path) {
        byte[] head = new byte[Report.RUN_PAGE_HEAD.length()];
        if (!path.getName().equals(Report.RUN_PAGE)) {
            return false;
        }
        try (FSDataInputStream in = of(path).open(path)) {
            int read = in.readNBytes(head, 0, head.length);
            return new String(head, 0, read, StandardCharsets.UTF_8).equals(Report.RUN_PAGE_HEAD);
        } catch (IOException e) {
            return false; // whoever reads it will say what is wrong
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T answer(Path path, Question<T> question) {
        try {
            return question.ask();
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(path + " does not exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }
}
