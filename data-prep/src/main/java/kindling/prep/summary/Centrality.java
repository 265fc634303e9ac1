package kindling.prep.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kindling.prep.rouge.Stemmer;
import kindling.prep.sentence.Words;

/**
 * How much each sentence of a text says of what the others say. A sentence is a vector of its word stems, tf · ln((n + 1) / sf)
 * each, n sentences of which sf have the stem; two sentences are alike by the cosine of their vectors.
 *
 * <pre>
 * C(i) = |vector of i| · sum of cos(i, j) over all j but i
 * </pre>
 *
 * The sum is the degree of a sentence in the graph of G. Erkan and D. Radev, "LexRank: graph-based lexical centrality as salience in
 * text summarization", JAIR 22, 2004, and, as that graph has no direction, but for damping its rank in R. Mihalcea and P. Tarau,
 * "TextRank: bringing order into texts", EMNLP 2004. The length prefers sentences that say more. To count only sentences that come
 * after, as H. Zheng and M. Lapata do ("Sentence centrality revisited for unsupervised summarization", ACL 2019), was no better on
 * training data. The sum of the cosines with many vectors is that with their sum, so it takes time linear in the text.
 */
final class Centrality {
    private final List<int[]> stems = new ArrayList<>(); // ascending, distinct
    private final List<double[]> weights = new ArrayList<>(); // a vector of length 1 over the stems
    private final List<Double> lengths = new ArrayList<>(); // of the vectors before
    private final Map<String, Integer> ids = new HashMap<>();

    Centrality(List<String> sentences) {
        List<Map<Integer, Integer>> bags = sentences.stream().map(this::bag).toList();
        int[] sentencesWith = new int[ids.size()];
        bags.forEach(bag -> bag.keySet().forEach(id -> sentencesWith[id]++));
        for (Map<Integer, Integer> bag : bags) {
            int[] distinct =
                    bag.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
            double[] vector = new double[distinct.length];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = bag.get(distinct[i]) * Math.log((bags.size() + 1.0) / sentencesWith[distinct[i]]);
            }
            double length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
            stems.add(distinct);
            weights.add(Arrays.stream(vector)
                    .map(x -> x / Math.max(length, Double.MIN_NORMAL))
                    .toArray());
            lengths.add(length);
        }
    }

    private Map<Integer, Integer> bag(String sentence) {
        Map<Integer, Integer> bag = new HashMap<>();
        for (String word : Words.of(sentence)) {
            Integer known = ids.putIfAbsent(Stemmer.isStemmable(word) ? Stemmer.stem(word) : word, ids.size());
            bag.merge(known == null ? ids.size() - 1 : known, 1, Integer::sum);
        }
        return bag;
    }

    /** C of each sentence. */
    double[] ofEach() {
        double[] sum = new double[ids.size()];
        for (int i = 0; i < stems.size(); i++) {
            int[] at = stems.get(i);
            for (int k = 0; k < at.length; k++) {
                sum[at[k]] += weights.get(i)[k];
            }
        }
        double[] central = new double[stems.size()];
        for (int i = 0; i < central.length; i++) {
            central[i] = length(i) * (dot(i, sum) - cosine(i, i));
        }
        return central;
    }

    private double dot(int sentence, double[] sum) {
        int[] at = stems.get(sentence);
        double dot = 0;
        for (int k = 0; k < at.length; k++) {
            dot += weights.get(sentence)[k] * sum[at[k]];
        }
        return dot;
    }

    /** Of a sentence's vector. */
    double length(int sentence) {
        return lengths.get(sentence);
    }

    /** The cosine of two sentences, 0 to 1. */
    double cosine(int a, int b) {
        int[] left = stems.get(a);
        int[] right = stems.get(b);
        double cosine = 0;
        for (int i = 0, j = 0; i < left.length && j < right.length; ) {
            if (left[i] == right[j]) {
                cosine += weights.get(a)[i++] * weights.get(b)[j++];
            } else if (left[i] < right[j]) {
                i++;
            } else {
                j++;
            }
        }
        return cosine;
    }
}
