package kindling.jobs.io;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import kindling.prep.read.Fields;
import kindling.prep.read.ReadOptions;
import kindling.prep.read.Sink;
import kindling.prep.read.TableFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.BadConfigurationException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file of any schema among the raw files: a row is a document. Runs in tasks. It does not go through Spark's own
 * reader, because that stops the job at the first damaged page; here one costs the rest of its row group, and the row groups
 * after it are read. Memory grows with the row groups, which their writer chose, not with the file.
 */
final class ParquetFile {
    private static final String PARQUET = "parquet";
    private static final List<String> EXTENSIONS = List.of(".parquet", ".parq", ".pq");

    private final TableFile table;
    private final ParquetFileReader reader;
    private final MessageType schema;

    private ParquetFile(TableFile table, ParquetFileReader reader) {
        this.table = table;
        this.reader = reader;
        this.schema = reader.getFileMetaData().getSchema();
    }

    /** Whether a file of this name is read as Parquet. */
    static boolean accepts(String name, ReadOptions options) {
        boolean named = EXTENSIONS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
        return options.format().equals(PARQUET) || (options.format().equals("auto") && named);
    }

    /**
     * Reads the row groups that start in a part of the file; what is to be told of the whole file is told with its
     * first part. Nothing in the file makes this throw; what the sink throws is passed on.
     *
     * @param name of the file relative to the input
     * @param start of the part in bytes
     * @param end of the part, exclusive
     */
    static void read(String name, Path path, long start, long end, ReadOptions options, Sink sink) {
        TableFile table = new TableFile(name, options, sink);
        if (table.isIncluded()) {
            read(table, path, start, end);
        } else if (start == 0) {
            table.exclude();
        }
    }

    private static void read(TableFile table, Path path, long start, long end) {
        try (ParquetFileReader reader = open(path)) {
            new ParquetFile(table, reader).rowGroups(start, end);
        } catch (IOException | RuntimeException e) {
            if (e instanceof Passed passed) {
                throw passed.cause;
            }
            if (start == 0) {
                table.reject(reason(e), "no readable Parquet file: " + name(e));
            }
        }
    }

    private static ParquetFileReader open(Path path) throws IOException {
        FileSystem files = Storage.of(path);
        Configuration configuration = files.getConf();
        ParquetReadOptions options = HadoopReadOptions.builder(configuration, path)
                .usePageChecksumVerification()
                .build();
        return ParquetFileReader.open(new Stored(files, files.getFileStatus(path)), options);
    }

    /** Without the checksum files that Hadoop keeps beside local ones. */
    private record Stored(FileSystem files, FileStatus status) implements InputFile {
        @Override
        public long getLength() {
            return status.getLen();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            return HadoopStreams.wrap(files.open(status.getPath()));
        }
    }

    /** What the sink threw, on its way through code that catches what damaged files make the library throw. */
    private static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient RuntimeException cause;

        Passed(RuntimeException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private void rowGroups(long start, long end) {
        boolean hasText = schema.containsField(table.textColumn());
        if (!hasText && start == 0) {
            table.rejectMissingText(
                    schema.getFields().stream().map(Type::getName).toList());
        }
        long firstRow = 0;
        List<BlockMetaData> groups = reader.getRowGroups();
        for (int i = 0; hasText && i < groups.size(); i++) {
            BlockMetaData group = groups.get(i);
            if (group.getStartingPos() >= start && group.getStartingPos() < end) {
                rowGroup(i, firstRow, group.getRowCount());
            }
            firstRow += group.getRowCount();
        }
    }

    private void rowGroup(int index, long firstRow, long rows) {
        long row = firstRow;
        try (PageReadStore pages = reader.readRowGroup(index)) {
            RecordReader<Group> records =
                    new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, new GroupRecordConverter(schema));
            for (; row < firstRow + rows; row++) {
                hand(row, fields(records.read(), table.row(row)));
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof Passed passed) {
                throw passed;
            }
            long lost = firstRow + rows - row;
            table.reject(row, reason(e), "a damaged row group, %d rows lost: %s".formatted(lost, name(e)));
        }
    }

    private void hand(long row, Fields fields) {
        try {
            table.accept(row, fields);
        } catch (RuntimeException e) {
            throw new Passed(e);
        }
    }

    private static Fields fields(Group row, Fields fields) {
        GroupType schema = row.getType();
        for (int i = 0; i < schema.getFieldCount(); i++) {
            Type column = schema.getType(i);
            boolean meta = column.getName().equals(Documents.META) && ParquetValue.isMap(column);
            ParquetValue.of(row, i).ifPresent(value -> {
                if (meta) {
                    value.entries().forEach(fields::meta);
                } else {
                    put(column.getName(), value, fields);
                }
            });
        }
        return fields;
    }

    private static void put(String name, ParquetValue value, Fields fields) {
        switch (value.kind()) {
            case TEXT -> fields.string(name, value.text());
            case NUMBER -> fields.number(name, value.text());
            case OTHER -> fields.meta(name, value.text());
        }
    }

    private static String reason(Exception e) {
        if (e instanceof ParquetCryptoRuntimeException) {
            return "encrypted";
        }
        return e instanceof BadConfigurationException ? "unsupported_format" : "corrupt"; // no such codec here
    }

    /** Only the type is told: a message may quote anything. */
    private static String name(Exception e) {
        return e.getClass().getSimpleName();
    }
}
