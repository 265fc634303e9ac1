package kindling.prep.lexicon;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What is known of single words and of names of several words: ordinary English, given names, family names, places.
 *
 * <p>Nothing of it lies in this project: {@link WordNet}, {@link NameLists} and {@link PlaceNames} read it out of libraries on the class path when a
 * lexicon is first wanted, which takes about a second. Afterwards it never changes, so that all threads share one.
 */
public final class Lexicon {
    /** In WordNet with a small letter: a word that need not be a name. */
    public static final int ORDINARY = 1;
    /** Ordinary, and met in running text; "john" is ordinary to WordNet, but not common. */
    public static final int COMMON = 2;

    public static final int GIVEN = 4;
    public static final int FAMILY = 8;
    /** A country, region or town; of several words, joined by single spaces, too. */
    public static final int PLACE = 16;
    /** A country or a state, which may close an address. */
    public static final int COUNTRY = 32;
    /** The first word of a place of several words. */
    public static final int PLACE_STARTS = 64;
    /** An organisation that WordNet names. */
    public static final int ORGANISATION = 128;

    /** With a capital, but neither person, place nor organisation: days, months, languages, peoples. */
    public static final int OTHER = 256;

    /** Of these the adjectives, the people and the times, which start no name either. */
    public static final int STRICT = 512;

    private final WordFlags words = new WordFlags();

    private static final class Shared {
        static final Lexicon LEXICON = load();
    }

    /** The one lexicon of this process; the first call loads it. */
    public static Lexicon shared() {
        return Shared.LEXICON;
    }

    private static Lexicon load() {
        Lexicon lexicon = new Lexicon();
        WordNet.read(lexicon);
        NameLists.read(lexicon);
        PlaceNames.read(lexicon);
        return lexicon;
    }

    /** Flags of a word or of words joined by single spaces, in lower case; 0 for what is not known. */
    public int flags(CharSequence lower) {
        return words.get(WordFlags.hash(lower));
    }

    public int size() {
        return words.size();
    }

    /** Takes a name or a word as it is written, its spelling without accents too. */
    void add(String written, int bits) {
        String lower = written.toLowerCase(Locale.ROOT);
        addWord(lower, bits);
        String plain = withoutAccents(lower);
        if (!plain.equals(lower)) {
            addWord(plain, bits);
        }
    }

    private void addWord(String lower, int bits) {
        words.add(lower, bits);
        int space = lower.indexOf(' ');
        if (space > 0 && (bits & PLACE) != 0) {
            words.add(lower.substring(0, space), PLACE_STARTS);
        }
    }

    static String withoutAccents(String text) {
        String parts = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder plain = new StringBuilder(parts.length());
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
