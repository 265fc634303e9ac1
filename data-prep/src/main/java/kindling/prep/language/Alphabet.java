package kindling.prep.language;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A script that several languages share: single letters do not tell which one it is, runs of letters do. */
enum Alphabet {
    LATIN(
            UnicodeScript.LATIN,
            "af az bs ca cs cy da de en eo es et eu fi fr ga hr hu id is it la lg lt lv mi ms nb nl nn pl pt ro sk sl sn"
                    + " so sq sr st sv sw tl tn tr ts vi xh yo zu",
            3,
            1,
            4.2),
    CYRILLIC(UnicodeScript.CYRILLIC, "be bg kk mk mn ru sr uk", 3, 1, 4.2),
    ARABIC(UnicodeScript.ARABIC, "ar fa ur", 3, 1, 4.2),
    DEVANAGARI(UnicodeScript.DEVANAGARI, "hi mr", 3, 1, 5),
    HAN(UnicodeScript.HAN, "ja zh", 1, 3, 13);

    private final UnicodeScript script;
    private final String codes;
    private final int longestGram;
    private final int weight;
    private final double strangeLetter;

    Alphabet(UnicodeScript script, String codes, int longestGram, int weight, double strangeLetter) {
        this.script = script;
        this.codes = codes;
        this.longestGram = longestGram;
        this.weight = weight;
        this.strangeLetter = strangeLetter;
    }

    UnicodeScript script() {
        return script;
    }

    /** ISO 639-1 codes of the languages written in it. */
    List<String> codes() {
        return List.of(codes.split(" ", -1));
    }

    /** The numbers of the languages, in the order of {@link #codes}, and last, {@link Languages#NONE}. */
    int[] languages() {
        return Numbers.OF.get(this);
    }

    /** Apart, because languages are numbered when all alphabets are there. */
    private static final class Numbers {
        static final Map<Alphabet, int[]> OF = new EnumMap<>(Alphabet.class);

        static {
            for (Alphabet alphabet : values()) {
                IntStream numbers = alphabet.codes().stream().mapToInt(Languages::number);
                OF.put(
                        alphabet,
                        IntStream.concat(numbers, IntStream.of(Languages.NONE)).toArray());
            }
        }
    }

    /** Letters of the longest runs that are compared. */
    int longestGram() {
        return longestGram;
    }

    /** How many Latin letters say as much as one of these. */
    int weight() {
        return weight;
    }

    /**
     * What a letter costs when the text is in none of the languages, in nats. In its own language a letter of a sentence costs
     * 2.0 to 2.8 (Latin, Cyrillic, Arabic; 99 of 100 sentences below 3.2), 6.5 to 11 in Chinese.
     */
    double strangeLetter() {
        return strangeLetter;
    }
}
