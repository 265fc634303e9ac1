package kindling.prep.read;

import kindling.prep.Document;

/** Takes what is read from files: every record comes out of exactly one of the two methods. */
public interface Sink {
    void accept(Document document);

    /**
     * A record, or the rest of a file, that is no document.
     *
     * @param id {@link Document#idOf} of the file and the record's position in it
     * @param reason one of the constants listed in the package's description
     * @param detail where and why, such as {@code "a.jsonl:12: no valid JSON at column 7"}; never text of the record
     */
    void reject(String id, String reason, String detail);
}
