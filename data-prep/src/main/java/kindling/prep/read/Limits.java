package kindling.prep.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one file or record may ask for at most.
 *
 * @param maxRecordBytes the longest record, in bytes; also what a reader holds in memory at most
 * @param maxFileBytes how many bytes one input file may decompress to, all layers of archives together
 * @param maxDepth how many archives may be inside one another
 * @param maxExtractionMillis how long taking the text out of one page or office document may last
 */
public record Limits(long maxRecordBytes, long maxFileBytes, int maxDepth, long maxExtractionMillis)
        implements Serializable {
    private static final long LARGEST_RECORD = 1L << 30; // bytes: a record is decoded in one array

    /** @throws IllegalArgumentException naming every limit that has no valid value */
    public Limits {
        List<String> mistakes = new ArrayList<>();
        require(
                maxRecordBytes >= 1 && maxRecordBytes <= LARGEST_RECORD,
                "max-record-bytes must be 1 to " + LARGEST_RECORD + " (a record is held in memory)",
                maxRecordBytes,
                mistakes);
        require(maxFileBytes >= 1, "max-file-bytes must be >= 1", maxFileBytes, mistakes);
        require(
                maxDepth >= 0 && maxDepth <= 16,
                "max-depth must be 0 to 16 (archives in archives)",
                maxDepth,
                mistakes);
        require(maxExtractionMillis >= 1, "max-extraction-millis must be >= 1", maxExtractionMillis, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /** Room for the longest books and for every crawl's shards, none for a bomb. */
    public static Limits defaults() {
        long maxRecordBytes = 16L << 20; // 16 MiB: the longest books are 5 MB
        long maxFileBytes = 4L << 30; // 4 GiB: more than any shard, less than a bomb
        int maxDepth = 3; // a jar in a zip, compressed
        long maxExtractionMillis = 30_000; // real pages take milliseconds, thick PDF files seconds
        return new Limits(maxRecordBytes, maxFileBytes, maxDepth, maxExtractionMillis);
    }

    public Limits withMaxRecordBytes(long newMaxRecordBytes) {
        return new Limits(newMaxRecordBytes, maxFileBytes, maxDepth, maxExtractionMillis);
    }

    public Limits withMaxFileBytes(long newMaxFileBytes) {
        return new Limits(maxRecordBytes, newMaxFileBytes, maxDepth, maxExtractionMillis);
    }

    public Limits withMaxDepth(int newMaxDepth) {
        return new Limits(maxRecordBytes, maxFileBytes, newMaxDepth, maxExtractionMillis);
    }

    public Limits withMaxExtractionMillis(long newMaxExtractionMillis) {
        return new Limits(maxRecordBytes, maxFileBytes, maxDepth, newMaxExtractionMillis);
    }

    static void require(boolean holds, String rule, Object value, List<String> mistakes) {
        if (!holds) {
            mistakes.add(rule + ", got " + value);
        }
    }
}
