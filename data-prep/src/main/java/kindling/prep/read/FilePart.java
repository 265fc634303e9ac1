package kindling.prep.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a stored file. The parts of a file together give the documents and rejections of the file, each of them
 * once and with the same identifiers, however it is cut. Files that cannot be read in parts are read with their first.
 *
 * @param path of the file in the input folder
 * @param size of the file, in bytes
 * @param start of the stretch, in bytes
 * @param end of the stretch, exclusive; {@code Long.MAX_VALUE} in the last part, should the file have grown
 */
public record FilePart(String path, long size, long start, long end) implements Serializable {
    public FilePart {
        if (start < 0 || start > end) {
            throw new IllegalArgumentException("0 <= start <= end must hold, got %d and %d".formatted(start, end));
        }
    }

    /** A file in one part. */
    public static FilePart whole(String path, long size) {
        return new FilePart(path, size, 0, Long.MAX_VALUE);
    }

    /** Cuts a file into parts of so many bytes; the last one may be half as large again, or smaller. */
    public static List<FilePart> of(String path, long size, long partBytes) {
        long count = Math.max(1, (size + partBytes / 2) / partBytes);
        List<FilePart> parts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long end = i + 1 == count ? Long.MAX_VALUE : (i + 1) * partBytes;
            parts.add(new FilePart(path, size, i * partBytes, end));
        }
        return parts;
    }

    boolean isWhole() {
        return start == 0 && end == Long.MAX_VALUE;
    }

    /** How much there is to be read. */
    public long bytes() {
        return Math.min(end, Math.max(size, start)) - start;
    }
}
