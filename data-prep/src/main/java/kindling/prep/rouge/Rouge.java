package kindling.prep.rouge;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kindling.prep.sentence.Words;

/**
 * ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum of a prediction against a target text, by the rules of the
 * {@code rouge_score} package, which equals ROUGE-1.5.5: lower case; words are runs of a-z and 0-9, everything else
 * separates; with stemming the Porter stemmer on words of more than three letters; n-gram matches are clipped to
 * the smaller count; a side without n-grams scores 0.
 *
 * <pre>
 * precision = hits / n-grams of the prediction,  recall = hits / n-grams of the target,  f1 = 2PR / (P + R)
 * </pre>
 *
 * For ROUGE-L hits is the length of the longest common subsequence of the whole texts. For ROUGE-Lsum lines are
 * sentences: hits is the union, target line by target line, of the subsequences common with every prediction line,
 * each word counted at most as often as it stands on either side.
 *
 * <p>{@code Rouge.of("testing one two", "testing one", Reading.PLAIN).rouge1()} is precision 1, recall 2/3, f1 0.8.
 *
 * <p>ROUGE-L and ROUGE-Lsum read the first {@value #MAX_WORDS} words of each side and ROUGE-Lsum the first
 * {@value #MAX_LINES} lines that hold words, longer ones cut into lines of {@value #MAX_LINE_WORDS} words: memory
 * stays linear and the slowest pair of texts takes seconds.
 *
 * <p>Source: C.-Y. Lin, "ROUGE: A package for automatic evaluation of summaries", 2004, sections 2 to 3.2.
 */
public final class Rouge {
    static final int MAX_WORDS = 1 << 16; // 67 million 64-cell steps for the longest pair: under a second
    static final int MAX_LINES = 1 << 12; // all pairs of lines are compared: 16 million
    static final int MAX_LINE_WORDS = 1 << 13; // the table of one pair of lines stays under 8 MiB

    private final Map<String, Integer> ids = new HashMap<>();
    private final Reading reading;

    private Rouge(Reading reading) {
        this.reading = reading;
    }

    /** What counts as a word. */
    public enum Tokens {
        /** Runs of a-z and 0-9: what published scores are made with. Other scripts have no words. */
        ASCII,
        /** The words of {@link Words}, in Unicode's form KC: for other scripts and accented letters. */
        UNICODE
    }

    /**
     * How texts are read.
     *
     * @param stem whether "killed" matches "kill"
     */
    public record Reading(boolean stem, Tokens tokens) implements Serializable {
        /** What {@code rouge_score} reads by default. */
        public static final Reading PLAIN = new Reading(false, Tokens.ASCII);

        /** With Porter's stems. */
        public static final Reading STEMMED = new Reading(true, Tokens.ASCII);
    }

    /**
     * The four scores of one prediction.
     *
     * @param target the reference text; its lines are its sentences for ROUGE-Lsum
     * @param prediction the text to score
     */
    public static Scores of(String target, String prediction, Reading reading) {
        Rouge rouge = new Rouge(reading);
        List<int[]> targetLines = rouge.lines(target);
        List<int[]> predictionLines = rouge.lines(prediction);
        int[] targetWords = concatenated(targetLines);
        int[] predictionWords = concatenated(predictionLines);
        return new Scores(
                ngrams(unigrams(targetWords), unigrams(predictionWords)),
                ngrams(bigrams(targetWords), bigrams(predictionWords)),
                rouge.longest(targetWords, predictionWords),
                rouge.longestByLine(targetLines, predictionLines));
    }

    /**
     * The scores against several targets: for each metric that of the target with the highest f1.
     *
     * @throws IllegalArgumentException when there is no target
     */
    public static Scores best(List<String> targets, String prediction, Reading reading) {
        return targets.stream()
                .map(target -> of(target, prediction, reading))
                .reduce(Scores::best)
                .orElseThrow(() -> new IllegalArgumentException(
                        "targets must hold >= 1 text, got none: give a reference summary for every prediction"));
    }

    private List<int[]> lines(String text) {
        List<int[]> lines = new ArrayList<>();
        boolean unicode = reading.tokens == Tokens.UNICODE;
        String lower = (unicode ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text).toLowerCase(Locale.ROOT);
        int start = 0;
        while (start <= lower.length()) {
            int newline = lower.indexOf('\n', start);
            int end = newline < 0 ? lower.length() : newline;
            int[] words = unicode ? unicodeWords(lower.substring(start, end)) : words(lower, start, end);
            if (words.length > 0) {
                lines.add(words);
            }
            start = end + 1;
        }
        return lines;
    }

    private int[] words(String lower, int start, int end) {
        int[] words = new int[8];
        int count = 0;
        int i = start;
        while (i < end) {
            int wordStart = i;
            while (i < end && isWordCharacter(lower.charAt(i))) {
                i++;
            }
            if (i > wordStart) {
                words = count == words.length ? Arrays.copyOf(words, 2 * count) : words;
                words[count++] = id(lower.substring(wordStart, i));
            } else {
                i++;
            }
        }
        return Arrays.copyOf(words, count);
    }

    private int[] unicodeWords(String line) {
        return Words.of(line).stream().mapToInt(this::id).toArray();
    }

    private static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private int id(String word) {
        String key = reading.stem && Stemmer.isStemmable(word) ? Stemmer.stem(word) : word;
        Integer known = ids.putIfAbsent(key, ids.size());
        return known == null ? ids.size() - 1 : known;
    }

    private static int[] concatenated(List<int[]> lines) {
        return lines.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static long[] unigrams(int[] words) {
        return Arrays.stream(words).asLongStream().toArray();
    }

    private static long[] bigrams(int[] words) {
        long[] bigrams = new long[Math.max(0, words.length - 1)];
        for (int i = 0; i < bigrams.length; i++) {
            bigrams[i] = ((long) words[i] << 32) | words[i + 1];
        }
        return bigrams;
    }

    private static Score ngrams(long[] target, long[] prediction) {
        Arrays.sort(target);
        Arrays.sort(prediction);
        int hits = 0;
        int j = 0;
        for (int i = 0; i < target.length && j < prediction.length; ) {
            if (target[i] == prediction[j]) {
                hits++;
                i++;
                j++;
            } else if (target[i] < prediction[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Score.of(hits, prediction.length, target.length);
    }

    private Score longest(int[] targetWords, int[] predictionWords) {
        int[] target = head(targetWords);
        int[] prediction = head(predictionWords);
        int hits = new Subsequence(ids.size()).to(target).length(prediction);
        return Score.of(hits, prediction.length, target.length);
    }

    private static int[] head(int[] words) {
        return words.length <= MAX_WORDS ? words : Arrays.copyOf(words, MAX_WORDS);
    }

    private Score longestByLine(List<int[]> allTargetLines, List<int[]> allPredictionLines) {
        List<int[]> targetLines = bounded(allTargetLines);
        List<int[]> predictionLines = bounded(allPredictionLines);
        int[] left = counts(targetLines);
        int[] right = counts(predictionLines);
        Subsequence subsequence = new Subsequence(ids.size());
        int hits = 0;
        for (int[] line : targetLines) {
            BitSet common = union(subsequence.to(line), predictionLines);
            for (int i = common.nextSetBit(0); i >= 0; i = common.nextSetBit(i + 1)) {
                int word = line[i];
                if (left[word] > 0 && right[word] > 0) {
                    left[word]--;
                    right[word]--;
                    hits++;
                }
            }
        }
        return Score.of(hits, total(predictionLines), total(targetLines));
    }

    private static BitSet union(Subsequence subsequence, List<int[]> predictionLines) {
        BitSet common = new BitSet();
        for (int[] prediction : predictionLines) {
            subsequence.mark(prediction, common);
        }
        return common;
    }

    /** The first lines up to the limits in the class comment. */
    private static List<int[]> bounded(List<int[]> lines) {
        List<int[]> bounded = new ArrayList<>();
        int words = 0;
        for (int[] line : lines) {
            for (int start = 0; start < line.length; start += MAX_LINE_WORDS) {
                int end = Math.min(Math.min(line.length, start + MAX_LINE_WORDS), start + MAX_WORDS - words);
                if (end <= start || bounded.size() == MAX_LINES) {
                    return bounded;
                }
                bounded.add(Arrays.copyOfRange(line, start, end));
                words += end - start;
            }
        }
        return bounded;
    }

    private int[] counts(List<int[]> lines) {
        int[] counts = new int[ids.size()];
        for (int[] line : lines) {
            for (int word : line) {
                counts[word]++;
            }
        }
        return counts;
    }

    private static int total(List<int[]> lines) {
        return lines.stream().mapToInt(line -> line.length).sum();
    }

    /** Precision, recall and their harmonic mean, each 0 to 1. */
    public record Score(double precision, double recall, double f1) {
        static Score of(int hits, int predicted, int wanted) {
            double precision = (double) hits / Math.max(1, predicted);
            double recall = (double) hits / Math.max(1, wanted);
            return new Score(precision, recall, hits == 0 ? 0 : 2 * precision * recall / (precision + recall));
        }

        Score best(Score other) {
            return other.f1 > f1 ? other : this;
        }
    }

    /** One score a metric. */
    public record Scores(Score rouge1, Score rouge2, Score rougeL, Score rougeLsum) {
        Scores best(Scores other) {
            return new Scores(
                    rouge1.best(other.rouge1),
                    rouge2.best(other.rouge2),
                    rougeL.best(other.rougeL),
                    rougeLsum.best(other.rougeLsum));
        }
    }
}
