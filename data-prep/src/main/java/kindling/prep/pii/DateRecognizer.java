package kindling.prep.pii;

import java.util.Set;
import kindling.prep.names.DateFinder;

/** Dates and times of any kind, by their form and by the names of days and months in English, German and French. */
final class DateRecognizer implements Recognizer {
    static final String TYPE = "DATE";

    private final DateFinder dates = new DateFinder();

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public void find(String text, Found found) {
        dates.find(text, (start, end, score) -> found.add(TYPE, start, end, score));
    }
}
