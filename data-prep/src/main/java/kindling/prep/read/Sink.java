package kindling.prep.read;

import kindling.prep.Document;

/** Takes what is read from files: every record comes out of exactly one of two methods. */
public interface Sink {
    void accept(Document document);

    /**
     * A record, or the rest of a file, that is no document.
     *
     * @param id {@link Document#idOf} of the file and the record's position in it
     * @param reason one of the constants listed in the package's description
     * @param detail where and why, such as {@code "a.jsonl: byte 1200: no valid JSON: column 7"}; never text of the record
     */
    void reject(String id, String reason, String detail);

    /** A file that the user's {@link PathFilter} leaves out: no input, so neither of the above. */
    default void exclude(String path) {}
}
