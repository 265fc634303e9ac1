package kindling.prep.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How files are read.
 *
 * @param format {@code auto} (by name and first bytes), or the format that every file has, one of {@link #formats}.
 *     Compressed files are opened whatever the format
 * @param textField the field or column that holds the text, where records have fields
 * @param idField the field or column that holds the identifier; records without it get one from their position
 * @param extract what to take of an HTML page: {@code article} (the main content), {@code full} (all that is shown),
 *     {@code none} (the markup itself)
 * @param identifiesLanguage whether documents that do not tell their language get the one that their text is in
 * @param languages ISO 639-1 codes of the languages to keep; empty keeps all
 * @param paths which files are input at all
 * @param consent whose wishes are honoured
 * @param limits on everything that a file may ask for
 */
public record ReadOptions(
        String format,
        String textField,
        String idField,
        String extract,
        boolean identifiesLanguage,
        Set<String> languages,
        PathFilter paths,
        Consent consent,
        Limits limits)
        implements Serializable {
    private static final List<String> EXTRACTS = List.of("article", "full", "none");

    /** @throws IllegalArgumentException naming every option that has no valid value */
    public ReadOptions {
        languages = Set.copyOf(languages);
        List<String> mistakes = new ArrayList<>();
        Limits.require(formats().contains(format), "format must be one of " + formats(), format, mistakes);
        Limits.require(EXTRACTS.contains(extract), "extract must be one of " + EXTRACTS, extract, mistakes);
        Limits.require(!textField.isEmpty(), "text-field must name a field", textField, mistakes);
        Limits.require(!idField.isEmpty(), "id-field must name a field", idField, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /**
     * Any format and file, main content of pages, fields {@code text} and {@code id}, all languages and none looked for,
     * nobody's wishes asked.
     */
    public static ReadOptions defaults() {
        return new ReadOptions(
                "auto",
                "text",
                "id",
                "article",
                false,
                Set.of(),
                PathFilter.everything(),
                Consent.unasked(),
                Limits.defaults());
    }

    /** Every value of {@link #format}. */
    public static List<String> formats() {
        return Reader.formats();
    }

    public ReadOptions withFormat(String newFormat) {
        return new ReadOptions(
                newFormat, textField, idField, extract, identifiesLanguage, languages, paths, consent, limits);
    }

    public ReadOptions withTextField(String newTextField) {
        return new ReadOptions(
                format, newTextField, idField, extract, identifiesLanguage, languages, paths, consent, limits);
    }

    public ReadOptions withIdField(String newIdField) {
        return new ReadOptions(
                format, textField, newIdField, extract, identifiesLanguage, languages, paths, consent, limits);
    }

    public ReadOptions withExtract(String newExtract) {
        return new ReadOptions(
                format, textField, idField, newExtract, identifiesLanguage, languages, paths, consent, limits);
    }

    public ReadOptions withLanguages(Set<String> newLanguages) {
        return new ReadOptions(
                format, textField, idField, extract, identifiesLanguage, newLanguages, paths, consent, limits);
    }

    /** With the languages of documents looked for. */
    public ReadOptions withIdentifiedLanguage() {
        return new ReadOptions(format, textField, idField, extract, true, languages, paths, consent, limits);
    }

    public ReadOptions withPaths(PathFilter newPaths) {
        return new ReadOptions(
                format, textField, idField, extract, identifiesLanguage, languages, newPaths, consent, limits);
    }

    public ReadOptions withConsent(Consent newConsent) {
        return new ReadOptions(
                format, textField, idField, extract, identifiesLanguage, languages, paths, newConsent, limits);
    }

    public ReadOptions withLimits(Limits newLimits) {
        return new ReadOptions(
                format, textField, idField, extract, identifiesLanguage, languages, paths, consent, newLimits);
    }
}
