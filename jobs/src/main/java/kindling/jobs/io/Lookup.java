package kindling.jobs.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.BinaryColumn;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.api.Binary;

/**
 * Single rows of a table that a job wrote, found without Spark. Tables lie sorted by id, so of a Parquet file only the pages are
 * read whose bounds allow the value; JSON lines are read whole.
 */
public final class Lookup {
    private final String column;
    private final FilterPredicate pages;
    private final Predicate<String> rows;

    private Lookup(String column, FilterPredicate pages, Predicate<String> rows) {
        this.column = column;
        this.pages = pages;
        this.rows = rows;
    }

    /** Takes the rows that were found; called by one thread at a time, in no order. */
    @FunctionalInterface
    public interface Rows {
        /** @param file where the row lies */
        void add(Path file, ObjectNode row);
    }

    /** Rows whose column is one of these. */
    public static Lookup of(String column, Set<String> values) {
        Set<Binary> binary = values.stream().map(Binary::fromString).collect(Collectors.toSet());
        return new Lookup(column, FilterApi.in(FilterApi.binaryColumn(column), binary), values::contains);
    }

    /**
     * Rows whose column begins so.
     *
     * @param prefix not empty
     */
    public static Lookup beginning(String column, String prefix) {
        BinaryColumn binary = FilterApi.binaryColumn(column);
        // UTF-8 sorts as code points do, and no text holds the byte FF.
        byte[] end = (prefix + " ").getBytes(UTF_8);
        end[end.length - 1] = (byte) 0xFF;
        FilterPredicate range = FilterApi.and(
                FilterApi.gtEq(binary, Binary.fromString(prefix)),
                FilterApi.lt(binary, Binary.fromConstantByteArray(end)));
        return new Lookup(column, range, value -> value.startsWith(prefix));
    }

    /** Searches all parts of a table, or of the tables in a folder; side tables, whose names start with {@code _}, only when named. */
    public void in(Path table, Rows found) {
        if (Storage.exists(table)) {
            List<Path> parts = Storage.files(table).stream()
                    .map(FileStatus::getPath)
                    .filter(file -> file.getName().startsWith("part-"))
                    .toList();
            parts.parallelStream().forEach(part -> read(part, found));
        }
    }

    private void read(Path part, Rows found) {
        try {
            if (part.getName().endsWith(".parquet")) {
                readParquet(part, found);
            } else if (part.getName().endsWith(".jsonl")) {
                readLines(part, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(part + ": " + e.getMessage(), e);
        }
    }

    private void readParquet(Path part, Rows found) throws IOException {
        try (var reader = ParquetReader.builder(new GroupReadSupport(), part)
                .withConf(Storage.configuration())
                .withFilter(FilterCompat.get(pages))
                .build()) {
            for (var group = reader.read(); group != null; group = reader.read()) {
                add(part, ParquetRow.json(group), found);
            }
        }
    }

    private void readLines(Path part, Rows found) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Storage.of(part).open(part), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(part, Json.parse(line), found);
            }
        }
    }

    private void add(Path part, ObjectNode row, Rows found) {
        if (rows.test(row.path(column).asText())) {
            synchronized (found) {
                found.add(part, row);
            }
        }
    }
}
