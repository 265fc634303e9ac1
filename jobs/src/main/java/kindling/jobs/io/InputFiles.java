package kindling.jobs.io;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Names of input files relative to the root that the user gave, so that ids do not depend on where a corpus lies. */
public final class InputFiles {
    private InputFiles() {}

    /** Whether any part of the path is a glob. */
    public static boolean isPattern(Path path) {
        return path.toUri().getPath().matches(".*[*?\\[{].*");
    }

    /** The folder that names are relative to: the folder itself, a file's parent, the part of a glob before its first pattern. */
    public static Path root(Path path) {
        Path folder = path;
        while (isPattern(folder)) {
            folder = folder.getParent();
        }
        return folder.equals(path) && !isFolder(path) ? path.getParent() : folder;
    }

    private static boolean isFolder(Path path) {
        FileSystem files = Storage.of(path);
        try {
            return files.getFileStatus(path).isDirectory();
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /** {@code file} as seen from {@code root}, with {@code /} between names. */
    public static String relative(Path root, Path file) {
        String whole = file.toUri().getPath();
        String prefix = root.toUri().getPath();
        if (!whole.startsWith(prefix)) {
            return file.getName();
        }
        String rest = whole.substring(prefix.length());
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }
}
