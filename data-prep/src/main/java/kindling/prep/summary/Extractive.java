package kindling.prep.summary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.prep.sentence.Sentences;
import kindling.prep.sentence.Words;

/**
 * Summaries made of the text's own sentences: no model, no language resources, the baseline to beat.
 *
 * <p>Sentences are scored by how much they say of what the others say, by where they stand, and by whether they ask instead of
 * telling; then they are picked one by one, each the best beside those that were picked, while they fit:
 *
 * <pre>
 * score(i)    = C(i) / max C + {@value #POSITION} · (n - i) / n + 1 / (i + 1) - (a question ? 1 : 0)    i = 0 for the first of n
 * marginal(i) = score(i) - {@value #REDUNDANCY} · max cos(i, j) over the j that were picked
 * </pre>
 *
 * where C is the {@link Centrality}. A summary is no longer than {@value #SHARE} of the text, but a whole sentence at least.
 *
 * <p>Source: graph centrality as LexRank and TextRank have it, the picking from J. Carbonell and J. Goldstein, "The use of MMR,
 * diversity-based reranking for reordering documents and producing summaries", SIGIR 1998, the share as gensim's TextRank. The
 * constants were chosen on the training parts of DialogSum, AESLC, MTS-Dialog and SciTLDR together, 800 texts of each, by the mean
 * logarithm of ROUGE-1, -2 and -L over those of the first three lines; the same for all four.
 */
public final class Extractive {
    private static final double POSITION = 0.5;
    private static final double REDUNDANCY = 1.5;
    private static final double MOST_ALIKE = 0.9; // what is more was said before, wherever it stands
    private static final double SHARE = 0.3;
    private static final int MOST_CANDIDATES = 1000; // the best of them; each is compared with what was picked

    private final List<Sentence> sentences;
    private final Centrality centrality;
    private final double[] scores;

    private record Sentence(String line, int words) {
        static Sentence of(String line) {
            return new Sentence(line, Words.length(line));
        }

        boolean isQuestion() {
            return line.endsWith("?") || line.endsWith("？") || line.endsWith("؟");
        }
    }

    private Extractive(String text) {
        sentences = Sentences.split(text).stream().map(Sentence::of).toList();
        centrality = new Centrality(sentences.stream().map(Sentence::line).toList());
        scores = scores();
    }

    /**
     * The best sentences in the order of the text, one space between them. When even the shortest sentence is too long,
     * the best one cut to {@code maxWords}.
     *
     * @param maxWords most words of the summary, counted between white space (letter by letter in scripts without
     *     spaces), at least 1
     * @return "" for a text without words
     */
    public static String summarize(String text, int maxWords) {
        Extractive extractive = new Extractive(text);
        List<Integer> picks = extractive.picks(maxWords, SHARE);
        return picks.isEmpty()
                ? extractive.head(maxWords)
                : picks.stream().sorted().map(extractive::line).collect(Collectors.joining(" "));
    }

    /** As many sentences as fit, the best first. */
    static List<String> ranked(String text, int maxWords) {
        Extractive extractive = new Extractive(text);
        return extractive.picks(maxWords, 1).stream().map(extractive::line).toList();
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

    private double[] scores() {
        int n = sentences.size();
        double[] scores = centrality.ofEach();
        double highest = Double.MIN_NORMAL;
        for (double central : scores) {
            highest = Math.max(highest, central);
        }
        for (int i = 0; i < n; i++) {
            double asks = sentences.get(i).isQuestion() ? 1 : 0;
            scores[i] = scores[i] / highest + POSITION * (n - i) / n + 1.0 / (i + 1) - asks;
        }
        return scores;
    }

    private String line(int sentence) {
        return sentences.get(sentence).line;
    }

    private String head(int maxWords) {
        return ranking()
                .map(best -> Words.head(line(best), maxWords))
                .findFirst()
                .orElse("");
    }

    /** Sentence numbers, best first, the earlier first among equals. */
    private Stream<Integer> ranking() {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
    }

    private List<Integer> picks(int maxWords, double share) {
        atLeastOne("maxWords", maxWords);
        int all = sentences.stream().mapToInt(Sentence::words).sum();
        int room = (int) Math.min(maxWords, share * all);
        List<Integer> candidates = ranking()
                .filter(i -> sentences.get(i).words <= maxWords)
                .limit(MOST_CANDIDATES)
                .collect(Collectors.toCollection(ArrayList::new));
        List<Integer> picks = new ArrayList<>();
        double[] alike = new double[scores.length]; // to the pick that it is most like
        while (!candidates.isEmpty()) {
            int next = Collections.max(candidates, Comparator.comparingDouble(i -> marginal(i, alike)));
            if (!picks.isEmpty() && marginal(next, alike) <= 0) {
                break;
            }
            picks.add(next);
            room -= sentences.get(next).words;
            int left = room;
            candidates.removeIf(i -> i == next || sentences.get(i).words > left);
            candidates.forEach(i -> alike[i] = Math.max(alike[i], centrality.cosine(i, next)));
            candidates.removeIf(i -> alike[i] > MOST_ALIKE);
        }
        return picks;
    }

    /** What a sentence is worth beside those that were picked. */
    private double marginal(int sentence, double[] alike) {
        return scores[sentence] - REDUNDANCY * alike[sentence];
    }
}
