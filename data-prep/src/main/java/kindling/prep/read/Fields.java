package kindling.prep.read;

import java.util.Map;
import java.util.TreeMap;
import kindling.prep.Document;

/**
 * The named fields of one record on their way into a {@link Document}: text and identifier under the names that
 * {@link ReadOptions} gives, {@code source}, {@code url} and {@code language} under their own, all others as meta data.
 */
public final class Fields {
    private final ReadOptions options;
    private final Map<String, String> meta;
    private String id;
    private String source;
    private String url;
    private String language;
    private String text;

    Fields(Document blank, ReadOptions options) {
        this.options = options;
        id = blank.id();
        source = blank.source();
        url = blank.url();
        language = blank.language();
        meta = new TreeMap<>(blank.meta());
    }

    /** A field that is text, and so can be any part of a document. */
    public void string(String name, String value) {
        if (name.equals(options.textField())) {
            text = value;
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

    /** @throws BadRecord {@code missing_text} when the text field was not given as a string */
    Document document() throws BadRecord {
        if (text == null) {
            throw new BadRecord("missing_text", "no text in \"" + options.textField() + "\"");
        }
        return new Document(id, text, source, url, language, meta);
    }
}
