package kindling.prep.pii;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import kindling.prep.names.NameFinder;

/**
 * Names of people, places and organisations, and postal addresses, in one pass. Unlike the other recognizers it guesses: no checksum decides, but a lexicon and the
 * words around.
 */
final class NameRecognizer implements Recognizer {
    /** Read when the first text is looked at: most redactors never need it. */
    private static final class Loaded {
        private static final NameFinder NAMES = new NameFinder();
    }

    @Override
    public Set<String> types() {
        return Set.of("PERSON", "LOCATION", "ORG", "ADDRESS");
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public void find(String text, Found found) {
        Loaded.NAMES.find(text, (type, start, end, score) -> found.add(type.name(), start, end, score));
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
