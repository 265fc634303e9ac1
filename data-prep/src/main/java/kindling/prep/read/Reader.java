package kindling.prep.read;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the bytes of one file of one format into records. */
interface Reader {
    /** The format of files that are archives, whatever is in them. */
    String ZIP = "zip";

    /** The format of web archives: WARC, WET, ARC; read by {@link WarcFile}. */
    String WARC = "warc";

    /** The format's name in {@link ReadOptions#format}. */
    String format();

    /**
     * Whether a file is of this format.
     *
     * @param extension of its name, in lower case, or ""
     * @param head its first bytes
     */
    boolean accepts(String extension, byte[] head);

    /** Gives every record to the intake; what ended the bytes is reported by the caller. */
    void read(ByteSource bytes, Intake intake);

    /** Whether its files are zip archives, which then belong to it and are not opened as such. */
    default boolean isZipInside() {
        return false;
    }

    /** Whether records that come after damage can be read without what came before: lines can, the rest of a page not. */
    default boolean canResume() {
        return false;
    }

    static List<String> formats() {
        return Stream.concat(Stream.of("auto", ZIP, WARC), Formats.ALL.stream().map(Reader::format))
                .toList();
    }

    /** The reader of a format, or for {@code auto} and {@code zip} the one that accepts the file, or nothing. */
    static Optional<Reader> of(String format, String extension, byte[] head) {
        Optional<Reader> named = Formats.ALL.stream()
                .filter(reader -> reader.format().equals(format))
                .findFirst();
        return named.or(() -> Formats.ALL.stream()
                .filter(reader -> reader.accepts(extension, head))
                .findFirst());
    }

    /** Whether a format is that of every file, and not found for each. */
    static boolean isNamed(String format) {
        return !format.equals("auto") && !format.equals(ZIP);
    }

    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= name.lastIndexOf('/') ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
