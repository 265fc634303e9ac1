package kindling.prep.read;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the bytes of one file of one format into records. */
interface Reader {
    /** Every format, in the order in which they are asked. */
    List<Reader> ALL = List.of(
            new JsonLinesReader(),
            new DelimitedReader(),
            new PdfReader(),
            new OfficeReader(),
            new HtmlReader(),
            new MarkdownReader(),
            new CodeReader(),
            new TextReader());

    /** The format's name in {@link ReadOptions#format}. */
    String format();

    /**
     * Whether a file is of this format.
     *
     * @param extension of its name, in lower case, or ""
     * @param head its first bytes
     */
    boolean accepts(String extension, byte[] head);

    /** Whether files that this reader accepts may be zip files that are no archives of files. */
    default boolean isZipInside() {
        return false;
    }

    /** Gives every record to the intake; what ended the bytes is reported by the caller. */
    void read(ByteSource bytes, Intake intake);

    static List<String> formats() {
        return Stream.concat(Stream.of("auto", "zip", "parquet"), ALL.stream().map(Reader::format))
                .toList();
    }

    /** The reader of a format, or for {@code auto} and {@code zip} the one that accepts the file, or nothing. */
    static Optional<Reader> of(String format, String extension, byte[] head) {
        Optional<Reader> named =
                ALL.stream().filter(reader -> reader.format().equals(format)).findFirst();
        return named.or(() ->
                ALL.stream().filter(reader -> reader.accepts(extension, head)).findFirst());
    }

    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= name.lastIndexOf('/') ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
