package kindling.prep.names;

import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/** The words that addresses are made of, in a dozen languages. */
final class AddressWords {
    private static final Set<String> PO_BOX = Set.of("postbox", "postfach");
    /** How a program writes that a field is empty; it stands where a state would. */
    private static final String MISSING = "nan";

    private static final int LONGEST_PART = 8;

    private final Vocabulary vocabulary;
    private final Set<String> ends;
    private final Set<String> typed;
    private final Set<String> starts;
    private final Set<String> parts;
    private final Set<String> units;
    private final Set<String> particles;
    private final Set<String> calendar;
    private final Set<String> labels;
    private final Set<String> states;

    AddressWords(Cues cues, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        ends = cues.list("street-end");
        typed = cues.list("street-typed");
        starts = cues.list("street-start");
        parts = cues.list("street-part");
        units = cues.list("unit");
        particles = cues.list("particle");
        calendar = cues.list("calendar");
        labels = cues.list("label");
        states = cues.list("state");
    }

    boolean isParticle(String lower) {
        return particles.contains(lower);
    }

    boolean isCalendar(String lower) {
        return calendar.contains(lower);
    }

    /** Announces something: "phone", "name". */
    boolean isLabel(String lower) {
        return labels.contains(lower);
    }

    boolean isState(String lower) {
        return states.contains(lower) || isMissing(lower);
    }

    boolean isMissing(String lower) {
        return lower.equals(MISSING);
    }

    boolean isCountry(String lower) {
        return (vocabulary.flags(lower) & Lexicon.COUNTRY) != 0;
    }

    /** A word that says of the name before it that it is a street: "Road", "utca". */
    boolean isStreetWord(String lower) {
        return typed.contains(lower);
    }

    /** A word that may end a street's name, among them many that are more often something else: "Hill", "Springs". */
    boolean endsStreet(String lower) {
        return ends.contains(lower) || typed.contains(lower);
    }

    /** A word that a street's name starts with: "Rue", "via". */
    boolean startsStreet(String lower) {
        return starts.contains(lower);
    }

    /** {@code Schulstraße}, {@code Kiannonkatu}. */
    boolean isCompound(String lower) {
        for (int i = Math.max(2, lower.length() - LONGEST_PART); i < lower.length() - 2; i++) {
            if (parts.contains(lower.substring(i))) {
                return true;
            }
        }
        return false;
    }

    /** The end of {@code Apt. 12} that starts here, or the same token. */
    int unitEnd(Tokens tokens, int token) {
        if (!tokens.isWord(token) || !units.contains(tokens.lower(token))) {
            return token;
        }
        int number = tokens.isMark(token + 1, '.') ? token + 2 : token + 1;
        boolean letter = tokens.isInitial(number) && !tokens.isWord(number + 1);
        return tokens.isNumber(number) || letter ? number + 1 : token;
    }

    /** The end of {@code P.O. Box 12} that starts here, or the same token. */
    static int postBoxEnd(Tokens tokens, int token) {
        String lower = tokens.lower(token);
        if (PO_BOX.contains(lower)) {
            return tokens.isNumber(token + 1) ? token + 2 : token;
        }
        int box = token + 1;
        if (lower.equals("p")) {
            int office = tokens.isMark(token + 1, '.') ? token + 2 : token + 1;
            int next = tokens.isMark(office + 1, '.') ? office + 2 : office + 1;
            box = tokens.lower(office).equals("o") ? next : token;
        } else if (!lower.equals("po")) {
            return token;
        }
        return tokens.lower(box).equals("box") && tokens.isNumber(box + 1) ? box + 2 : token;
    }
}
