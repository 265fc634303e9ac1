package kindling.prep.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What rules count, in the obvious way: strings, lists and maps. The twin that the fast counts are compared with. */
final class Obvious {
    private static final String WORD = "[\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}\\x{10000}-\\x{10FFFF}]";
    private static final Pattern TOKEN =
            Pattern.compile("(?U)['’]?%1$s(?:%1$s|(?<=\\p{Nd})[.,](?=\\p{Nd}))*|(\\S)\\1*".formatted(WORD));

    private Obvious() {}

    static List<String> words(String text) {
        return Arrays.stream(text.strip().split("(?U)\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    static List<String> paragraphs(String text) {
        return Arrays.stream(text.split("\n\n", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static List<String> filledLines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
    }

    static double share(List<String> parts, Predicate<String> property) {
        return parts.stream().filter(property).count() / (double) Math.max(1, parts.size());
    }

    /** The parts that are equal to one before them. */
    static List<String> duplicates(List<String> parts) {
        Set<String> seen = new HashSet<>();
        return parts.stream().filter(part -> !seen.add(part)).toList();
    }

    /** The parts that have an equal one. */
    static List<String> copies(List<String> parts) {
        return parts.stream()
                .filter(part -> Collections.frequency(parts, part) > 1)
                .toList();
    }

    static int characters(List<String> parts) {
        return parts.stream().mapToInt(Obvious::characters).sum();
    }

    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static List<List<String>> grams(List<String> words, int n) {
        List<List<String>> grams = new ArrayList<>();
        for (int start = 0; start + n <= words.size(); start++) {
            grams.add(words.subList(start, start + n));
        }
        return grams;
    }

    private static Map<List<String>, Integer> counts(List<String> words, int n) {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        grams(words, n).forEach(gram -> counts.merge(gram, 1, Integer::sum));
        return counts;
    }

    private static List<String> top(List<String> words, int n) {
        Map<List<String>, Integer> counts = counts(words, n);
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return counts.keySet().stream()
                .filter(gram -> counts.get(gram) == most)
                .findFirst()
                .orElse(List.of());
    }

    static int topCoverage(List<String> words, int n) {
        List<String> top = top(words, n);
        boolean[] covered = new boolean[words.size()];
        List<List<String>> grams = grams(words, n);
        for (int place = 0; place < grams.size(); place++) {
            if (grams.get(place).equals(top) && Collections.frequency(grams, top) > 1) {
                Arrays.fill(covered, place, place + n, true);
            }
        }
        return charactersOf(words, covered);
    }

    static long topProduct(List<String> words, int n, int space) {
        List<String> top = top(words, n);
        return top.isEmpty()
                ? 0
                : (long) Collections.frequency(grams(words, n), top) * (characters(top) + (n - 1) * space);
    }

    static int laterCoverage(List<String> words, int n) {
        Set<List<String>> seen = new HashSet<>();
        boolean[] covered = new boolean[words.size()];
        List<List<String>> grams = grams(words, n);
        for (int place = 0; place < grams.size(); place++) {
            if (!seen.add(grams.get(place))) {
                Arrays.fill(covered, place, place + n, true);
            }
        }
        return charactersOf(words, covered);
    }

    static int skippingCoverage(List<String> words, int n) {
        Set<List<String>> seen = new HashSet<>();
        List<List<String>> grams = grams(words, n);
        int characters = 0;
        int place = 0;
        while (place < grams.size()) {
            boolean known = !seen.add(grams.get(place));
            characters += known ? characters(grams.get(place)) : 0;
            place += known ? n : 1;
        }
        return characters;
    }

    static double repeatedShare(List<String> words, int n) {
        Map<List<String>, Integer> counts = counts(words, n);
        double all = 0;
        double repeated = 0;
        for (List<String> gram : grams(words, n)) {
            all += characters(gram);
            repeated += counts.get(gram) > 1 ? characters(gram) : 0;
        }
        return repeated / Math.max(1, all);
    }

    private static int charactersOf(List<String> words, boolean[] chosen) {
        int sum = 0;
        for (int word = 0; word < chosen.length; word++) {
            sum += chosen[word] ? characters(words.get(word)) : 0;
        }
        return sum;
    }
}
