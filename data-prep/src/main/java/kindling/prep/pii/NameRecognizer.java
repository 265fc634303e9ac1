package kindling.prep.pii;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import kindling.prep.names.NameFinder;

/**
 * Names of people, places and organisations, and postal addresses, in one pass. Unlike the other recognizers it guesses: no checksum decides, but a lexicon and the
 * words around. Some megabytes of lists are loaded when the first one is made.
 */
final class NameRecognizer implements Recognizer {
    private final NameFinder names = new NameFinder();

    @Override
    public Set<String> types() {
        return Set.of("PERSON", "LOCATION", "ORG", "ADDRESS");
    }

    @Override
    public void find(String text, Found found) {
        names.find(text, (type, start, end, score) -> found.add(type.name(), start, end, score));
    }

    /** Without differences of case, of spaces and line breaks, of composed and decomposed accents. */
    @Override
    public String canonical(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
