package kindling.prep.language;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Every language that can be told, numbered; number {@value #NONE} stands for none of them. */
final class Languages {
    static final int NONE = 0;

    private static final List<String> CODES = codes();
    private static final double[] PRIOR = prior();

    private Languages() {}

    static int count() {
        return CODES.size();
    }

    /** ISO 639-1, "" for {@link #NONE}. */
    static String code(int language) {
        return CODES.get(language);
    }

    static int number(String code) {
        return CODES.indexOf(code);
    }

    /** How probable a language is before a letter is read, about; they sum to nearly 1. */
    static double prior(int language) {
        return PRIOR[language];
    }

    private static List<String> codes() {
        TreeSet<String> codes = new TreeSet<>();
        codes.add(""); // sorts first
        Arrays.stream(Alphabet.values()).map(Alphabet::codes).forEach(codes::addAll);
        codes.addAll(Scripts.soleLanguages());
        return List.copyOf(codes);
    }

    /**
     * All alike, but for languages that few pages are written in and that short texts in others resemble, and for Japanese, whose
     * own letters speak for it: Chinese letters alone are Chinese.
     */
    private static double[] prior() {
        Map<String, Double> rare =
                Map.of("bs mk ms nn sr", 0.3, "cy eo ga la lg mi sn so sq st tl tn ts xh yo zu", 0.2, "ja", 0.001);
        double[] prior = new double[count()];
        Arrays.fill(prior, 1.0 / count());
        rare.forEach((codes, value) -> {
            for (String code : codes.split(" ", -1)) {
                prior[number(code)] = value / count();
            }
        });
        return prior;
    }
}
