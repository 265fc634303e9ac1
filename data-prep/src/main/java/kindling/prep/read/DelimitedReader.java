package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kindling.prep.Document;

/**
 * CSV (RFC 4180) with a header line: a record is a document. Comma, semicolon or tabulator, whichever the header line
 * has most of, separates; empty fields are absent.
 */
final class DelimitedReader implements Reader {
    private static final Set<String> EXTENSIONS = Set.of("csv", "tsv", "tab");
    private static final int HEADER_BYTES = 1 << 13; // to find the separator in
    private static final String SEPARATORS = ",\t;";

    @Override
    public String format() {
        return "csv";
    }

    @Override
    public boolean accepts(String extension, byte[] head) {
        return EXTENSIONS.contains(extension);
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        char separator = separator(bytes.peek(HEADER_BYTES));
        CsvRecords records = new CsvRecords(
                bytes, (byte) separator, intake.options().limits().maxRecordBytes());
        try {
            List<String> columns = columns(records, separator, intake.options());
            records.expect(columns.size());
            while (records.next()) {
                read(records, separator, columns, intake);
            }
        } catch (BadRecord noHeader) {
            intake.reject("", noHeader);
        }
    }

    private static char separator(byte[] head) {
        String start = new String(head, ISO_8859_1);
        String line = start.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
        char most = SEPARATORS.charAt(0);
        for (int i = 1; i < SEPARATORS.length(); i++) {
            char candidate = SEPARATORS.charAt(i);
            most = count(line, candidate) > count(line, most) ? candidate : most;
        }
        return most;
    }

    private static long count(String line, char separator) {
        return line.chars().filter(c -> c == separator).count();
    }

    private static List<String> columns(CsvRecords records, char separator, ReadOptions options) throws BadRecord {
        if (!records.next()) {
            throw new BadRecord("empty", "no header line");
        }
        List<String> names =
                fields(records, separator).stream().map(String::strip).toList();
        if (!names.contains(options.textField())) {
            throw new BadRecord("missing_text", TableFile.noText(names, options));
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new BadRecord("invalid_csv", "two columns have the same name");
        }
        return names;
    }

    private static void read(CsvRecords records, char separator, List<String> columns, Intake intake) {
        String position = Long.toString(records.position());
        try {
            intake.accept(document(
                    columns, fields(records, separator), new Fields(intake.blank(position), intake.options())));
        } catch (BadRecord bad) {
            intake.reject(position, bad);
        }
    }

    private static List<String> fields(CsvRecords records, char separator) throws BadRecord {
        String record = StrictText.utf8(records.record(), true);
        try {
            List<CsvRecord> parsed = CsvReader.builder()
                    .fieldSeparator(separator)
                    .maxBufferSize(Integer.MAX_VALUE) // the record itself is limited
                    .ofCsvRecord(record)
                    .stream()
                    .limit(2)
                    .toList();
            if (parsed.size() == 1) {
                return parsed.get(0).getFields();
            }
        } catch (CsvParseException e) {
            throw new BadRecord("invalid_csv", "a field over all limits or quotes out of order");
        }
        throw new BadRecord("invalid_csv", "a line end within a record, outside quotes");
    }

    private static Document document(List<String> columns, List<String> values, Fields fields) throws BadRecord {
        if (values.size() != columns.size()) {
            throw new BadRecord("invalid_csv", values.size() + " fields, the header names " + columns.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!values.get(i).isEmpty()) {
                fields.string(columns.get(i), values.get(i));
            }
        }
        return fields.document();
    }
}
