package kindling.prep.read;

import java.util.List;
import kindling.prep.Document;

/**
 * A file of rows with named columns that is opened elsewhere, because its format takes libraries that are not here: what
 * becomes of its rows is decided by the same rules as for JSON lines and CSV.
 */
public final class TableFile {
    private static final int SHOWN_COLUMNS = 20; // of a table's columns in a message
    private static final int SHOWN_LETTERS = 40; // of a column's name, which is a text where the header is missing

    private final String path;
    private final ReadOptions options;
    private final Sink sink;
    private final Intake intake;

    /** @param path of the file relative to the input folder, as for {@link FileReading#read} */
    public TableFile(String path, ReadOptions options, Sink sink) {
        this.path = path;
        this.options = options;
        this.sink = sink;
        this.intake = new Intake(path, options, sink);
    }

    /** Whether the user wants the file. */
    public boolean isIncluded() {
        return options.paths().includes(path) && !options.paths().excludes(path);
    }

    /** Tells the sink that the user does not. */
    public void exclude() {
        sink.exclude(path);
    }

    /** The column that a table must have. */
    public String textColumn() {
        return options.textField();
    }

    /** A table without that column is one rejection, which names the columns there are. */
    public void rejectMissingText(List<String> columns) {
        intake.reject("", "missing_text", noText(columns, options));
    }

    static String noText(List<String> columns, ReadOptions options) {
        List<String> shown = columns.stream()
                .limit(SHOWN_COLUMNS)
                .map(name -> name.substring(0, Math.min(name.length(), SHOWN_LETTERS)))
                .toList();
        return "no column \"" + options.textField() + "\" for the text, only " + shown + ": name one with text-field";
    }

    /** The fields of a row, still empty; without an identifier of its own the row gets one from its number. */
    public Fields row(long number) {
        String position = Long.toString(number);
        return new Fields(Document.of(Document.idOf(path, position), "", path).with("row", position), options);
    }

    /** Hands on the document that a row is, or rejects the row. */
    public void accept(long number, Fields row) {
        try {
            Document document = row.document();
            if (document.text().length() > options.limits().maxRecordBytes()) {
                throw new BadRecord("record_too_large", "longer than max-record-bytes");
            }
            intake.accept(document);
        } catch (BadRecord bad) {
            reject(number, bad.reason(), bad.getMessage());
        }
    }

    /** A row that cannot be read. */
    public void reject(long number, String reason, String cause) {
        String id = Document.idOf(path, Long.toString(number));
        sink.reject(id, reason, path + ": row " + number + ": " + cause);
    }

    /** The file, if it cannot be read at all. */
    public void reject(String reason, String cause) {
        intake.reject("", reason, cause);
    }
}
