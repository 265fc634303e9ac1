package kindling.prep.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Summaries made of the text's own sentences: no model, no language resources, the baseline to beat.
 *
 * <p>Each of the n sentences gets a centroid score and a position score, both 0 to 1, and the best are taken while they
 * fit, leaving out those that say little new:
 *
 * <pre>
 * score(i) = C(i) / max C + {@value #POSITION_WEIGHT} · (n - i) / n                       i = 0 for the first sentence
 * C(i)     = sum over its distinct words w of tf(w) · ln((n + 1) / sf(w)), divided by the root of its length
 * </pre>
 *
 * where tf is how often w stands in the text and sf in how many sentences.
 *
 * <p>Source: D. Radev, H. Jing, M. Styś, D. Tam, "Centroid-based summarization of multiple documents", Information
 * Processing and Management 40, 2004 (MEAD). Two changes, both measured on training parts of SciTLDR, MTS-Dialog and
 * DialogSum: rarity among the text's own sentences stands in for a corpus's document frequencies, and the root of the
 * length tempers the sum, which else prefers the longest sentence.
 */
public final class Extractive {
    private static final double POSITION_WEIGHT = 0.5; // 0.3 to 1 are within 0.5 ROUGE-1 of each other
    private static final double MOST_REPEATED = 0.7; // share of a sentence's words that the summary may already hold

    private Extractive() {}

    /**
     * The best sentences in the order of the text, one space between them. When even the shortest sentence is too long,
     * the best one cut to {@code maxWords}.
     *
     * @param maxWords most words of the summary, counted between white space (letter by letter in scripts without
     *     spaces), at least 1
     * @return "" for a text without words
     */
    public static String summarize(String text, int maxWords) {
        atLeastOne("maxWords", maxWords);
        List<String> sentences = Sentences.split(text);
        if (sentences.isEmpty()) {
            return "";
        }
        List<Set<String>> words = sentences.stream()
                .map(sentence -> Words.counts(sentence).keySet())
                .toList();
        List<Integer> ranking = ranking(scores(sentences, words));
        Set<Integer> taken = fitting(ranking, sentences, words, maxWords);
        return taken.isEmpty()
                ? Words.head(sentences.get(ranking.get(0)), maxWords)
                : taken.stream().map(sentences::get).collect(Collectors.joining(" "));
    }

    /**
     * The first sentences, one space between them.
     *
     * @param sentences how many, at least 1
     */
    public static String lead(String text, int sentences) {
        atLeastOne("sentences", sentences);
        return Sentences.split(text).stream().limit(sentences).collect(Collectors.joining(" "));
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1, got " + value);
        }
    }

    private static double[] scores(List<String> sentences, List<Set<String>> words) {
        int n = sentences.size();
        Map<String, Integer> inText = Words.counts(String.join("\n", sentences));
        Map<String, Integer> inSentences = new LinkedHashMap<>();
        words.forEach(distinct -> distinct.forEach(word -> inSentences.merge(word, 1, Integer::sum)));
        double[] scores = new double[n];
        double highest = Double.MIN_NORMAL;
        for (int i = 0; i < n; i++) {
            for (String word : words.get(i)) {
                scores[i] += inText.get(word) * Math.log((n + 1.0) / inSentences.get(word));
            }
            scores[i] /= Math.sqrt(Math.max(1, Words.length(sentences.get(i))));
            highest = Math.max(highest, scores[i]);
        }
        for (int i = 0; i < n; i++) {
            scores[i] = scores[i] / highest + POSITION_WEIGHT * (n - i) / n;
        }
        return scores;
    }

    /** Sentence numbers, best first, the earlier first among equals. */
    private static List<Integer> ranking(double[] scores) {
        List<Integer> ranking = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            ranking.add(i);
        }
        ranking.sort(Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
        return ranking;
    }

    private static Set<Integer> fitting(
            List<Integer> ranking, List<String> sentences, List<Set<String>> words, int maxWords) {
        Set<Integer> taken = new TreeSet<>();
        Set<String> said = new HashSet<>();
        int left = maxWords;
        for (int i : ranking) {
            int length = Words.length(sentences.get(i));
            if (length <= left && isNew(words.get(i), said)) {
                taken.add(i);
                said.addAll(words.get(i));
                left -= length;
            }
        }
        return taken;
    }

    private static boolean isNew(Set<String> words, Set<String> said) {
        long repeated = words.stream().filter(said::contains).count();
        return repeated <= MOST_REPEATED * words.size();
    }
}
