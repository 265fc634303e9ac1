package kindling.prep.read;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import kindling.prep.Document;
import kindling.prep.clean.UnicodeRepair;
import kindling.prep.language.LanguageId;

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

    /**
     * Hands on a document with its text and meta data repaired and its language told.
     *
     * @throws BadRecord {@code empty}, or {@code language_not_wanted}
     */
    void accept(Document document) throws BadRecord {
        String text = UnicodeRepair.repair(document.text());
        if (text.isBlank()) {
            throw new BadRecord("empty", "no text");
        }
        boolean code = document.meta().containsKey(CodeReader.LANGUAGE); // in no natural language
        String language = code ? document.language() : language(document.language(), text);
        Map<String, String> meta = new TreeMap<>(document.meta());
        meta.replaceAll((key, value) -> UnicodeRepair.repair(value));
        sink.accept(new Document(document.id(), text, document.source(), document.url(), language, meta));
    }

    private String language(String declared, String text) throws BadRecord {
        if (!declared.isEmpty() || !options.identifiesLanguage()) {
            return wanted(declared, "declared");
        }
        LanguageId.Guess guess = LanguageId.of(text);
        return wanted(guess.code(), String.format(Locale.ROOT, "%.2f", guess.confidence()));
    }

    /** A language, if documents in it are wanted; {@code en} stands for {@code en-GB} too. */
    private String wanted(String language, String why) throws BadRecord {
        String code = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        if (!options.languages().isEmpty() && !options.languages().contains(code)) {
            throw new BadRecord("language_not_wanted", language.isEmpty() ? "unknown" : language + " " + why);
        }
        return language;
    }

    /** Takes text out of a record, within the limits on time, stack and memory. */
    Document within(Callable<Document> extraction) throws BadRecord {
        return TimeLimit.within(options.limits().maxExtractionMillis(), extraction);
    }

    /** What a format whose files are documents makes of a file's bytes. */
    interface Parser {
        /**
         * Makes a document of the bytes.
         *
         * @param whole false when the bytes are only the beginning of the file
         */
        Document parse(byte[] content, boolean whole) throws BadRecord;
    }

    /** Takes a whole file as one record; of a truncated one what can be read, with {@code truncated} in its meta. */
    void acceptWhole(ByteSource bytes, Parser parser) {
        acceptUntimed(bytes, (content, whole) -> within(() -> parser.parse(content, whole)));
    }

    /** As {@link #acceptWhole}, for a parser whose time is linear in the bytes whatever they are. */
    void acceptUntimed(ByteSource bytes, Parser parser) {
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
        String place = position.isEmpty() ? path : path + ": byte " + position;
        sink.reject(Document.idOf(path, position), reason, place + ": " + cause);
    }

    /** Tells that the rest of the file was lost, if it was. */
    void report(ByteSource bytes) {
        bytes.failure().ifPresent(failure -> lose(failure, bytes.position()));
    }

    void lose(Failure failure, long position) {
        reject(Long.toString(position), failure.reason(), failure.cause());
    }
}
