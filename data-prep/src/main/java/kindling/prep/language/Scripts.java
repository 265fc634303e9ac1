package kindling.prep.language;

import java.lang.Character.UnicodeScript;
import java.util.List;

/** What a UTF-16 unit is: no letter, a letter of an {@link Alphabet}, or a letter of a script that only one language uses. */
final class Scripts {
    /** Anything between words. */
    static final byte NONE = 0;
    /** An accent of its own: part of a word, but no evidence. */
    static final byte MARK = 1;

    private static final List<Alphabet> ALPHABETS = List.of(Alphabet.values());
    private static final int FIRST_ALPHABET = 2;
    private static final int FIRST_SOLE = FIRST_ALPHABET + ALPHABETS.size();

    /**
     * A script that one language uses, almost alone.
     *
     * @param code ISO 639-1
     * @param weight how many Latin letters say as much as one of these: syllables say more
     */
    private record Sole(UnicodeScript script, String code, int weight) {}

    private static final List<Sole> SOLE = List.of(
            new Sole(UnicodeScript.GREEK, "el", 1),
            new Sole(UnicodeScript.HEBREW, "he", 1),
            new Sole(UnicodeScript.ARMENIAN, "hy", 1),
            new Sole(UnicodeScript.GEORGIAN, "ka", 1),
            new Sole(UnicodeScript.HANGUL, "ko", 3),
            new Sole(UnicodeScript.HIRAGANA, "ja", 2),
            new Sole(UnicodeScript.KATAKANA, "ja", 2),
            new Sole(UnicodeScript.THAI, "th", 1),
            new Sole(UnicodeScript.BENGALI, "bn", 1),
            new Sole(UnicodeScript.TAMIL, "ta", 1),
            new Sole(UnicodeScript.TELUGU, "te", 1),
            new Sole(UnicodeScript.GUJARATI, "gu", 1),
            new Sole(UnicodeScript.GURMUKHI, "pa", 1),
            new Sole(UnicodeScript.KANNADA, "kn", 1),
            new Sole(UnicodeScript.MALAYALAM, "ml", 1),
            new Sole(UnicodeScript.SINHALA, "si", 1),
            new Sole(UnicodeScript.ORIYA, "or", 1),
            new Sole(UnicodeScript.KHMER, "km", 1),
            new Sole(UnicodeScript.LAO, "lo", 1),
            new Sole(UnicodeScript.MYANMAR, "my", 1),
            new Sole(UnicodeScript.ETHIOPIC, "am", 2),
            new Sole(UnicodeScript.TIBETAN, "bo", 1),
            new Sole(UnicodeScript.THAANA, "dv", 1));

    private static final byte[] OF_UNIT = table();

    private Scripts() {}

    static byte of(char unit) {
        return OF_UNIT[unit];
    }

    static boolean isAlphabet(byte script) {
        return script >= FIRST_ALPHABET && script < FIRST_SOLE;
    }

    static boolean isSole(byte script) {
        return script >= FIRST_SOLE;
    }

    static Alphabet alphabet(byte script) {
        return ALPHABETS.get(script - FIRST_ALPHABET);
    }

    /** ISO 639-1. */
    static String soleLanguage(byte script) {
        return SOLE.get(script - FIRST_SOLE).code();
    }

    /** How many Latin letters say as much as one of this script. */
    static int soleWeight(byte script) {
        return SOLE.get(script - FIRST_SOLE).weight();
    }

    static List<String> soleLanguages() {
        return SOLE.stream().map(Sole::code).toList();
    }

    static byte of(Alphabet alphabet) {
        return (byte) (FIRST_ALPHABET + ALPHABETS.indexOf(alphabet));
    }

    static int count() {
        return FIRST_SOLE + SOLE.size();
    }

    private static byte[] table() {
        byte[] table = new byte[1 << Character.SIZE];
        for (int unit = 0; unit < table.length; unit++) {
            if (Character.isLetter(unit)) {
                table[unit] = script(UnicodeScript.of(unit));
            } else if (UnicodeScript.of(unit) == UnicodeScript.INHERITED) {
                table[unit] = MARK;
            }
        }
        return table;
    }

    private static byte script(UnicodeScript script) {
        for (Alphabet alphabet : ALPHABETS) {
            if (alphabet.script() == script) {
                return of(alphabet);
            }
        }
        for (int sole = 0; sole < SOLE.size(); sole++) {
            if (SOLE.get(sole).script() == script) {
                return (byte) (FIRST_SOLE + sole);
            }
        }
        return NONE;
    }
}
