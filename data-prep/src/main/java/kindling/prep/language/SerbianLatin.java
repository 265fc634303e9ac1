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
            "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(" ");

    private final Map<Long, Double> cyrillic = new HashMap<>(); // share of all letters by gram
    private final Map<Long, Double> latin = new HashMap<>();

    /** Takes P(last letter | letters before it) of a Cyrillic gram, shorter grams first. */
    void add(long gram, double probability) {
        double share = probability * cyrillic.getOrDefault(gram >>> 16, 1.0);
        cyrillic.put(gram, share);
        String letters = latin(gram);
        if (!letters.isEmpty()) {
            int first = latin(gram >>> 16 * (GramTable.letters(gram) - 1)).length();
            int last = latin(gram & 0xffff).length();
            for (int start = 0; start < first; start++) {
                for (int end = Math.max(start + 1, letters.length() - last + 1); end <= letters.length(); end++) {
                    count(letters.substring(start, end), share);
                }
            }
        }
    }

    private void count(String letters, double share) {
        if (letters.length() <= GramTable.LONGEST) {
            long gram = 0;
            for (int i = 0; i < letters.length(); i++) {
                gram = gram << 16 | letters.charAt(i);
            }
            latin.merge(gram, share, Double::sum);
        }
    }

    /** Puts P(last letter | letters before it) of the Latin grams of at most {@code letters} letters. */
    void putInto(GramTable table, int language, int letters) {
        latin.forEach((gram, share) -> {
            if (GramTable.letters(gram) <= letters) {
                double before = latin.getOrDefault(gram >>> 16, 1.0);
                table.put(gram, language, Math.min(1, share / before));
            }
        });
    }

    /** "" if one of the letters is not Serbian. */
    private static String latin(long gram) {
        StringBuilder letters = new StringBuilder();
        for (int shift = 16 * (GramTable.letters(gram) - 1); shift >= 0; shift -= 16) {
            int index = CYRILLIC.indexOf((char) (gram >>> shift));
            if (index < 0) {
                return "";
            }
            letters.append(LATIN[index]);
        }
        return letters.toString();
    }
}
