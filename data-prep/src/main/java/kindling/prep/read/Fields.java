package kindling.prep.read;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kindling.prep.Document;

/**
 * The named fields of one record on their way into a {@link Document}: text and identifier under the names that
 * {@link ReadOptions} gives, {@code source}, {@code url} and {@code language} under their own, all others as meta data.
 */
public final class Fields {
    private final Document blank;
    private final ReadOptions options;
    private final Map<String, String> meta = new TreeMap<>();
    private Optional<String> text = Optional.empty();
    private String id = "";
    private String source = "";
    private String url = "";
    private String language = "";

    /** @param blank with the identity of the record's place */
    Fields(Document blank, ReadOptions options) {
        this.blank = blank;
        this.options = options;
    }

    /** A field that is text, and so can be any part of a document. */
    public void string(String name, String value) {
        if (name.equals(options.textField())) {
            text = Optional.of(value);
        } else if (name.equals(options.idField()) && !value.isEmpty()) {
            id = value;
        } else if (name.equals("source")) {
            source = value;
        } else if (name.equals("url")) {
            url = value;
        } else if (name.equals("language")) {
            language = value;
        } else {
            meta(name, value);
        }
    }

    /** A field that is a number: it can be the identifier, and is meta data otherwise. */
    public void number(String name, String value) {
        if (name.equals(options.idField())) {
            id = value;
        } else {
            meta(name, value);
        }
    }

    /** A field that can be nothing but meta data. */
    public void meta(String name, String value) {
        meta.put(name, value);
    }

    /**
     * The document. Where the record names neither itself nor its source, its place in the file is kept.
     *
     * @throws BadRecord {@code missing_text} when the text field was not given as a string
     */
    Document document() throws BadRecord {
        if (text.isEmpty()) {
            throw new BadRecord("missing_text", "no text in \"" + options.textField() + "\"");
        }
        if (id.isEmpty() && source.isEmpty()) {
            blank.meta().forEach(meta::putIfAbsent);
        }
        return new Document(
                id.isEmpty() ? blank.id() : id,
                text.get(),
                source.isEmpty() ? blank.source() : source,
                url,
                language,
                meta);
    }
}
