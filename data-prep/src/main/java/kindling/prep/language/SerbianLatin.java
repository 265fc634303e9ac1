package kindling.prep.language;

import java.util.HashMap;
import java.util.Map;

/**
 * Statistics of Serbian in Latin letters, made of those in Cyrillic: the two alphabets agree letter for letter, but for three
 * Cyrillic letters that are two Latin ones each (Правопис српскога језика, Matica srpska, 2010).
 *
 * <p>A run of Latin letters comes from exactly one run of Cyrillic letters that covers it and nothing more, so each Cyrillic run
 * counts for every Latin run that begins in its first letter and ends in its last one.
 */
final class SerbianLatin {
    private static final String CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш";
    private static final String[] LATIN =
            "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(" ", -1);

    private final Map<String, Double> cyrillic = new HashMap<>(); // share of all letters by gram
    private final Map<String, Double> latin = new HashMap<>();

    /** Takes P(last letter | letters before it) of a Cyrillic gram, shorter grams first. */
    void add(long gram, double probability) {
        String letters = letters(gram);
        int last = letters.length() - 1;
        double share = probability * cyrillic.getOrDefault(letters.substring(0, last), 1.0);
        cyrillic.put(letters, share);
        String latinLetters = latin(letters);
        int firstEnd = latin(letters.substring(0, 1)).length();
        int lastStart = latin(letters.substring(0, last)).length();
        for (int start = 0; start < Math.min(firstEnd, latinLetters.length()); start++) {
            int most = Math.min(latinLetters.length(), start + GramTable.LONGEST);
            for (int end = Math.max(start, lastStart) + 1; end <= most; end++) {
                latin.merge(latinLetters.substring(start, end), share, Double::sum);
            }
        }
    }

    /** Puts P(last letter | letters before it) of the Latin grams of at most {@code longest} letters. */
    void putInto(GramTable table, int language, int longest) {
        latin.forEach((letters, share) -> {
            if (letters.length() <= longest) {
                double before = latin.getOrDefault(letters.substring(0, letters.length() - 1), 1.0);
                table.put(gram(letters), language, Math.min(1, share / before));
            }
        });
    }

    private static String letters(long gram) {
        StringBuilder letters = new StringBuilder();
        for (int shift = 16 * (GramTable.letters(gram) - 1); shift >= 0; shift -= 16) {
            letters.append((char) (gram >>> shift));
        }
        return letters.toString();
    }

    private static long gram(String letters) {
        return letters.chars().asLongStream().reduce(0, (gram, letter) -> gram << 16 | letter);
    }

    /** "" if one of the letters is not Serbian. */
    private static String latin(String cyrillic) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < cyrillic.length(); i++) {
            int index = CYRILLIC.indexOf(cyrillic.charAt(i));
            if (index < 0) {
                return "";
            }
            letters.append(LATIN[index]);
        }
        return letters.toString();
    }
}
