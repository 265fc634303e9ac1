package kindling.prep.pii;

import java.util.Locale;
import java.util.Set;

/** Days of birth: a {@link WrittenDate date} behind a word of birth in English, German, French, Spanish, Italian, Portuguese or Dutch. */
final class BirthDateRecognizer implements Recognizer {
    static final String TYPE = "DATE_OF_BIRTH";

    private static final double SURE = 0.9;
    /** "born in London on 5 March 1980". */
    private static final int WORDS_BEFORE = 4;

    private static final Set<String> BIRTH = Set.of(
            "born",
            "birth",
            "birthdate",
            "dob",
            "geboren",
            "geb",
            "geburtsdatum",
            "geburtstag",
            "né",
            "née",
            "naissance",
            "nacido",
            "nacida",
            "nacimiento",
            "nació",
            "nato",
            "nata",
            "nascita",
            "nascido",
            "nascida",
            "nascimento",
            "geboortedatum",
            "geboorte");
    /** Between birth and date these words say that the date is of something else. */
    private static final Set<String> OTHER = Set.of(
            "died",
            "death",
            "dead",
            "deceased",
            "married",
            "issued",
            "expires",
            "expiry",
            "expiration",
            "gestorben",
            "verstorben",
            "décédé",
            "décédée",
            "mort",
            "murió",
            "morto",
            "morta",
            "overleden");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            if (!FormTree.isDigit(text.charAt(i))) {
                i++;
                continue;
            }
            WrittenDate date = WrittenDate.at(text, i);
            if (date != null) {
                if (isOfBirth(text, date.start())) {
                    found.add(TYPE, date.start(), date.end(), SURE);
                }
                i = date.end();
            } else {
                i = WrittenDate.digitsEnd(text, i);
            }
        }
    }

    private static boolean isOfBirth(String text, int start) {
        boolean initials = start >= 6
                && text.substring(Math.max(0, start - 10), start)
                        .toUpperCase(Locale.ROOT)
                        .contains("D.O.B.");
        return initials
                || (Context.before(text, start, WORDS_BEFORE, BIRTH)
                        && !Context.before(text, start, WORDS_BEFORE - 1, OTHER));
    }
}
