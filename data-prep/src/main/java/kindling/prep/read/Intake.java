package kindling.prep.read;

import java.util.Map;
import java.util.TreeMap;
import kindling.prep.Document;
import kindling.prep.clean.UnicodeRepair;

/** Where a reader puts the records of one file: knows the file's place, so that readers know only positions in it. */
final class Intake {
    private final String path;
    private final ReadOptions options;
    private final Sink sink;

    Intake(String path, ReadOptions options, Sink sink) {
        this.path = path;
        this.options = options;
        this.sink = sink;
    }

    ReadOptions options() {
        return options;
    }

    /**
     * An empty document with the identity of its place.
     *
     * @param position of the record in its file, in bytes from its start; "" where the file is the record
     */
    Document blank(String position) {
        Document blank = Document.of(Document.idOf(path, position), "", path);
        return position.isEmpty() ? blank : blank.with("offset", position);
    }

    /** Hands on a document with its text and meta data repaired. */
    void accept(Document document) throws BadRecord {
        String text = UnicodeRepair.repair(document.text());
        if (text.isBlank()) {
            throw new BadRecord("empty", "no text");
        }
        Map<String, String> meta = new TreeMap<>(document.meta());
        meta.replaceAll((key, value) -> UnicodeRepair.repair(value));
        sink.accept(new Document(document.id(), text, document.source(), document.url(), document.language(), meta));
    }

    /** What a format whose files are documents makes of a file's bytes. */
    interface Parser {
        /** Makes a document of the bytes.
         *
         * @param whole false when the bytes are only the beginning of the file */
        Document parse(byte[] content, boolean whole) throws BadRecord;
    }

    /** Takes a whole file as one record; of a truncated one what can be read, with {@code truncated} in its meta. */
    void acceptWhole(ByteSource bytes, Parser parser) {
        bytes.rest(options.limits().maxRecordBytes());
        boolean whole = bytes.failure().isEmpty();
        if (!whole && (bytes.position() == 0 || !bytes.failure().get().equals(Failure.TRUNCATED))) {
            return; // the failure itself is reported by the caller
        }
        try {
            Document document = parser.parse(bytes.record(), whole);
            accept(whole ? document : document.with("truncated", "true"));
        } catch (BadRecord bad) {
            reject("", bad);
        }
    }

    void reject(String position, BadRecord bad) {
        reject(position, bad.reason(), bad.getMessage());
    }

    void reject(String position, String reason, String cause) {
        String place = position.isEmpty() ? path : path + ":" + position;
        sink.reject(Document.idOf(path, position), reason, place + ": " + cause);
    }

    /** Tells that the rest of the file was lost, if it was. */
    void report(ByteSource bytes) {
        bytes.failure().ifPresent(failure -> lose(failure, bytes.position()));
    }

    void lose(Failure failure, long position) {
        reject("byte " + position, failure.reason(), failure.cause());
    }
}
