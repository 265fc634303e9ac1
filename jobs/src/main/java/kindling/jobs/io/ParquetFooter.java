package kindling.jobs.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * The one thing in a Parquet file that differs from run to run: the footer lists a column's encodings in the order of a hash set
 * whose hashes are addresses. Sorted, the same rows give the same bytes on every machine.
 *
 * <p>Layout: rows, footer in Thrift's compact protocol, its length as 4 bytes little-endian, {@code PAR1}
 * (parquet.apache.org/docs/file-format).
 */
final class ParquetFooter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = Integer.BYTES + MAGIC.length;

    private ParquetFooter() {}

    /** Sorts the encodings in the footer of a finished file, if they are not sorted. */
    static void sort(Path file, Configuration configuration) {
        try {
            FileSystem files = file.getFileSystem(configuration);
            long length = files.getFileStatus(file).getLen();
            byte[] footer = footer(files, file, length);
            byte[] sorted = sorted(footer);
            if (!Arrays.equals(footer, sorted)) {
                replace(files, file, length - TAIL - footer.length, sorted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] footer(FileSystem files, Path file, long length) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            byte[] tail = new byte[TAIL];
            in.readFully(length - TAIL, tail);
            byte[] footer = new byte
                    [ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt()];
            in.readFully(length - TAIL - footer.length, footer);
            return footer;
        }
    }

    private static byte[] sorted(byte[] footer) throws IOException {
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        for (RowGroup group : metadata.getRow_groups()) {
            for (ColumnChunk column : group.getColumns()) {
                sort(column.getMeta_data());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(metadata, bytes);
        return bytes.toByteArray();
    }

    private static void sort(ColumnMetaData column) {
        List<Encoding> encodings = new ArrayList<>(column.getEncodings());
        encodings.sort(Comparator.naturalOrder());
        column.setEncodings(encodings);
        if (column.isSetEncoding_stats()) {
            List<PageEncodingStats> stats = new ArrayList<>(column.getEncoding_stats());
            stats.sort(Comparator.comparing(PageEncodingStats::getPage_type)
                    .thenComparing(PageEncodingStats::getEncoding));
            column.setEncoding_stats(stats);
        }
    }

    /** Files of a distributed system cannot be changed in place: the rows are copied, the new footer follows. */
    private static void replace(FileSystem files, Path file, long rows, byte[] footer) throws IOException {
        Path beside = new Path(file.getParent(), "." + file.getName() + ".sorted");
        try (FSDataInputStream in = files.open(file);
                FSDataOutputStream out = files.create(beside, true)) {
            IOUtils.copyBytes(in, out, rows, false);
            out.write(footer);
            out.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(footer.length)
                    .array());
            out.write(MAGIC);
        }
        files.delete(file, false);
        if (!files.rename(beside, file)) {
            throw new IOException("could not be replaced");
        }
    }
}
