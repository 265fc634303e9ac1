package kindling.prep;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One text and where it came from: the only thing that flows between the stages.
 *
 * @param id the input's own identifier, or {@link #idOf} of its place in the input
 * @param text the content, Unicode
 * @param source the file it was read from, relative to the input root; {@code a.jar!/x/y.html} inside an archive
 * @param url where it was published, or "" when unknown
 * @param language ISO 639-1 code, or "" when unknown
 * @param meta everything else that is known, by name; sorted and unmodifiable
 */
public record Document(String id, String text, String source, String url, String language, Map<String, String> meta)
        implements Serializable {
    private static final int ID_BYTES = 16; // 128 bits: 10^12 documents collide with a chance of 10^-15

    public Document {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(language, "language");
        meta = Collections.unmodifiableMap(new TreeMap<>(meta));
    }

    /** A document of which nothing but its place and its text is known. */
    public static Document of(String id, String text, String source) {
        return new Document(id, text, source, "", "", Map.of());
    }

    /**
     * A stable identifier for the record at a position of a file: the first 128 bits of SHA-256 over the path, a zero
     * byte and the position, as 32 lower-case hexadecimal digits. It is the same on every run and any partitioning.
     *
     * @param path the file, relative to the input root
     * @param position what tells the record from its neighbours in that file, such as a line number; "" for a file that
     *     is one record
     */
    public static String idOf(String path, String position) {
        byte[] digest = sha256().digest((path + '\0' + position).getBytes(UTF_8));
        return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    }

    public Document withText(String newText) {
        return new Document(id, newText, source, url, language, meta);
    }

    public Document withLanguage(String newLanguage) {
        return new Document(id, text, source, url, newLanguage, meta);
    }

    /** This document with one more entry in {@link #meta}, replacing an entry of that name. */
    public Document with(String key, String value) {
        Map<String, String> extended = new TreeMap<>(meta);
        extended.put(key, value);
        return new Document(id, text, source, url, language, extended);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
