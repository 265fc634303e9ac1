package kindling.jobs;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The known name that a mistyped one most likely meant, by edit distance. */
final class Nearest {
    private Nearest() {}

    /** {@code ": did you mean --input?"}, or the empty string when no name is near. */
    static String hint(String typed, Collection<String> known) {
        String word = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(name -> name))
                .filter(name -> distance(word, name) <= Math.max(2, word.length() / 3))
                .map(name -> ": did you mean " + name + "?")
                .orElse("");
    }

    /** The known names, those nearest to a typed one first. */
    static List<String> ordered(String typed, Collection<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(name -> name))
                .toList();
    }

    /** Levenshtein's distance: insertions, deletions and replacements. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
