package kindling.prep.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How files are read.
 *
 * @param format {@code auto} (by name and first bytes), or the format that every file has: {@code text} (a file is a
 *     document), {@code jsonl} (a line is a document), {@code html} (a file is a page), {@code zip} (an archive whose
 *     entries are read as {@code auto}). Compressed files are opened whatever the format
 * @param textField the field of a JSON line that holds the text
 * @param idField the field of a JSON line that holds the identifier; lines without it get one from their position
 * @param extract what to take of an HTML page: {@code article} (the main content), {@code full} (all that is shown),
 *     {@code none} (the markup itself)
 * @param maxRecordBytes the longest record, in bytes; also what a reader holds in memory at most
 * @param maxFileBytes how many bytes one input file may decompress to, all layers of archives together
 * @param maxDepth how many archives may be inside one another
 */
public record ReadOptions(
        String format,
        String textField,
        String idField,
        String extract,
        long maxRecordBytes,
        long maxFileBytes,
        int maxDepth)
        implements Serializable {
    private static final List<String> EXTRACTS = List.of("article", "full", "none");
    private static final long LARGEST_RECORD = 1L << 30; // bytes: a record is decoded in one array

    /** @throws IllegalArgumentException naming every option that has no valid value */
    public ReadOptions {
        List<String> mistakes = new ArrayList<>();
        require(Reader.formats().contains(format), "format must be one of " + Reader.formats(), format, mistakes);
        require(EXTRACTS.contains(extract), "extract must be one of " + EXTRACTS, extract, mistakes);
        require(!textField.isEmpty(), "text-field must name a field", textField, mistakes);
        require(!idField.isEmpty(), "id-field must name a field", idField, mistakes);
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
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /** Any format, main content of pages, fields {@code text} and {@code id}. */
    public static ReadOptions defaults() {
        long maxRecordBytes = 16L << 20; // 16 MiB: the longest books are 5 MB
        long maxFileBytes = 4L << 30; // 4 GiB: more than any shard, less than a bomb
        int maxDepth = 3; // a jar in a zip, compressed
        return new ReadOptions("auto", "text", "id", "article", maxRecordBytes, maxFileBytes, maxDepth);
    }

    public ReadOptions withFormat(String newFormat) {
        return new ReadOptions(newFormat, textField, idField, extract, maxRecordBytes, maxFileBytes, maxDepth);
    }

    public ReadOptions withTextField(String newTextField) {
        return new ReadOptions(format, newTextField, idField, extract, maxRecordBytes, maxFileBytes, maxDepth);
    }

    public ReadOptions withIdField(String newIdField) {
        return new ReadOptions(format, textField, newIdField, extract, maxRecordBytes, maxFileBytes, maxDepth);
    }

    public ReadOptions withExtract(String newExtract) {
        return new ReadOptions(format, textField, idField, newExtract, maxRecordBytes, maxFileBytes, maxDepth);
    }

    public ReadOptions withMaxRecordBytes(long newMaxRecordBytes) {
        return new ReadOptions(format, textField, idField, extract, newMaxRecordBytes, maxFileBytes, maxDepth);
    }

    public ReadOptions withMaxFileBytes(long newMaxFileBytes) {
        return new ReadOptions(format, textField, idField, extract, maxRecordBytes, newMaxFileBytes, maxDepth);
    }

    public ReadOptions withMaxDepth(int newMaxDepth) {
        return new ReadOptions(format, textField, idField, extract, maxRecordBytes, maxFileBytes, newMaxDepth);
    }

    private static void require(boolean holds, String rule, Object value, List<String> mistakes) {
        if (!holds) {
            mistakes.add(rule + ", got " + value);
        }
    }
}
