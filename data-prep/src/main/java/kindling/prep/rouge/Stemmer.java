package kindling.prep.rouge;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The Porter stemmer as the common ROUGE scorers run it: the algorithm of the paper, its author's later changes and
 * the few of the NLTK Python package (short words in "-ies" and "-ied", "-y" after any consonant, a list of irregular
 * words). Words are lower-case ASCII letters and digits; digits count as consonants.
 *
 * <p>{@code stem("relational")} gives {@code "relat"}. Time is linear in the length of the word.
 *
 * <p>Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980; steps are numbered as there.
 */
public final class Stemmer {
    private static final int SHORTEST_STEMMED = 3; // letters; "is", "as" would lose their s

    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("skies", "sky"),
            Map.entry("sky", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    private static final List<Rule> PLURALS =
            List.of(always("sses", "ss"), always("ies", "i"), always("ss", "ss"), always("s", ""));

    private static final List<Rule> DOUBLE_SUFFIXES = List.of(
            real("ational", "ate"),
            real("tional", "tion"),
            real("enci", "ence"),
            real("anci", "ance"),
            real("izer", "ize"),
            real("bli", "ble"),
            real("alli", "al"),
            real("entli", "ent"),
            real("eli", "e"),
            real("ousli", "ous"),
            real("ization", "ize"),
            real("ation", "ate"),
            real("ator", "ate"),
            real("alism", "al"),
            real("iveness", "ive"),
            real("fulness", "ful"),
            real("ousness", "ous"),
            real("aliti", "al"),
            real("iviti", "ive"),
            real("biliti", "ble"),
            real("fulli", "ful"),
            new Rule("logi", "log", stem -> measure(stem + "l") > 0));

    private static final List<Rule> DERIVATIONS = List.of(
            real("icate", "ic"),
            real("ative", ""),
            real("alize", "al"),
            real("iciti", "ic"),
            real("ical", "ic"),
            real("ful", ""),
            real("ness", ""));

    private static final List<Rule> ENDINGS = List.of(
            longer("al"),
            longer("ance"),
            longer("ence"),
            longer("er"),
            longer("ic"),
            longer("able"),
            longer("ible"),
            longer("ant"),
            longer("ement"),
            longer("ment"),
            longer("ent"),
            new Rule("ion", "", stem -> measure(stem) > 1 && (stem.endsWith("s") || stem.endsWith("t"))),
            longer("ou"),
            longer("ism"),
            longer("ate"),
            longer("iti"),
            longer("ous"),
            longer("ive"),
            longer("ize"));

    private Stemmer() {}

    /** Whether this is an English word as far as one can see: more than three letters or digits of ASCII. */
    public static boolean isStemmable(String word) {
        return word.length() > SHORTEST_STEMMED
                && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    /** The stem of a lower-case word; words of one or two letters stay as they are. */
    public static String stem(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (word.length() < SHORTEST_STEMMED) {
            return word;
        }
        String inflected = finalY(pastAndGerund(plural(word))); // step 1
        String derived = apply(DERIVATIONS, doubleSuffix(inflected)); // steps 2 and 3
        return finalDoubleL(finalE(apply(ENDINGS, derived))); // steps 4 and 5
    }

    private static String plural(String word) {
        return word.length() == 4 && word.endsWith("ies") ? word.substring(0, 3) : apply(PLURALS, word);
    }

    private static String pastAndGerund(String word) {
        if (word.endsWith("ied")) {
            return without(word, word.length() == 4 ? "d" : "ed");
        }
        if (word.endsWith("eed")) {
            return measure(without(word, "eed")) > 0 ? without(word, "d") : word;
        }
        for (String suffix : List.of("ed", "ing")) {
            if (word.endsWith(suffix) && hasVowel(without(word, suffix))) {
                return repaired(without(word, suffix));
            }
        }
        return word;
    }

    /** What "-ed" or "-ing" left behind, made a word again: "hopp" to "hop", "fil" to "file". */
    private static String repaired(String stem) {
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        if (endsInDoubleConsonant(stem)) {
            boolean keeps = stem.endsWith("l") || stem.endsWith("s") || stem.endsWith("z");
            return keeps ? stem : stem.substring(0, stem.length() - 1);
        }
        return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
    }

    private static String finalY(String word) {
        if (!word.endsWith("y")) {
            return word;
        }
        String stem = without(word, "y");
        return stem.length() > 1 && shape(stem).endsWith("c") ? stem + "i" : word;
    }

    private static String doubleSuffix(String word) {
        boolean twice = word.endsWith("alli") && measure(without(word, "alli")) > 0;
        return apply(DOUBLE_SUFFIXES, twice ? without(word, "li") : word);
    }

    private static String finalE(String word) {
        if (!word.endsWith("e")) {
            return word;
        }
        String stem = without(word, "e");
        int measure = measure(stem);
        return measure > 1 || (measure == 1 && !endsShort(stem)) ? stem : word;
    }

    private static String finalDoubleL(String word) {
        return word.endsWith("ll") && measure(without(word, "l")) > 1 ? without(word, "l") : word;
    }

    /** The first rule whose suffix the word has decides, also when its condition then says no. */
    private static String apply(List<Rule> rules, String word) {
        for (Rule rule : rules) {
            if (word.endsWith(rule.suffix)) {
                String stem = without(word, rule.suffix);
                return rule.condition.test(stem) ? stem + rule.replacement : word;
            }
        }
        return word;
    }

    private static String without(String word, String suffix) {
        return word.substring(0, word.length() - suffix.length());
    }

    /** Porter's m: how many times a vowel is followed by a consonant. */
    private static int measure(String stem) {
        String shape = shape(stem);
        int measure = 0;
        for (int i = 1; i < shape.length(); i++) {
            if (shape.charAt(i) == 'c' && shape.charAt(i - 1) == 'v') {
                measure++;
            }
        }
        return measure;
    }

    private static boolean hasVowel(String stem) {
        return shape(stem).indexOf('v') >= 0;
    }

    private static boolean endsInDoubleConsonant(String stem) {
        int last = stem.length() - 1;
        return last > 0
                && stem.charAt(last) == stem.charAt(last - 1)
                && shape(stem).endsWith("c");
    }

    /** Consonant, vowel, consonant other than w, x, y; or a word of just a vowel and a consonant. */
    private static boolean endsShort(String stem) {
        String shape = shape(stem);
        return shape.equals("vc") || (shape.endsWith("cvc") && "wxy".indexOf(stem.charAt(stem.length() - 1)) < 0);
    }

    /** One {@code c} or {@code v} a letter; y is a vowel after a consonant and a consonant elsewhere. */
    private static String shape(String stem) {
        char[] shape = stem.toCharArray();
        for (int i = 0; i < shape.length; i++) {
            boolean vowel = shape[i] == 'y' ? i > 0 && shape[i - 1] == 'c' : "aeiou".indexOf(shape[i]) >= 0;
            shape[i] = vowel ? 'v' : 'c';
        }
        return new String(shape);
    }

    private static Rule always(String suffix, String replacement) {
        return new Rule(suffix, replacement, stem -> true);
    }

    /** Applies when the stem holds at least one vowel-consonant pair. */
    private static Rule real(String suffix, String replacement) {
        return new Rule(suffix, replacement, stem -> measure(stem) > 0);
    }

    /** Drops the suffix when the stem holds at least two vowel-consonant pairs. */
    private static Rule longer(String suffix) {
        return new Rule(suffix, "", stem -> measure(stem) > 1);
    }

    private record Rule(String suffix, String replacement, Predicate<String> condition) {}
}
