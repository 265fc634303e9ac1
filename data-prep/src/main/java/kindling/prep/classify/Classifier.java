package kindling.prep.classify;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * What a trained linear model says a text is: {@code p = softmax(bias + sum of value * weight over the bag)}. One for any
 * number of threads.
 *
 * @param labels names of the classes, at least two, all different
 * @param hashing how a text becomes a bag
 * @param weights (buckets, labels), row-major. Shared, not copied.
 * @param bias (labels)
 */
@SuppressWarnings("ArrayRecordComponent") // the model's weights, read by all tasks of an executor: not copied
public record Classifier(List<String> labels, WordHashing hashing, float[] weights, float[] bias)
        implements Serializable {
    /** Classes that can be told apart; 256 on 2^18 buckets are 256 MiB of weights. */
    public static final int MOST_LABELS = 256;

    /** @throws IllegalArgumentException if the parts do not fit each other, or a weight is no finite number */
    public Classifier {
        labels = List.copyOf(labels);
        if (labels.size() < 2 || labels.size() > MOST_LABELS || new HashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException(
                    "labels must be 2 to %d different names, got %d".formatted(MOST_LABELS, labels.size()));
        }
        expectFinite("weights", weights, hashing.buckets() * labels.size());
        expectFinite("bias", bias, labels.size());
    }

    private static void expectFinite(String name, float[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException("%s must be %d numbers, got %d".formatted(name, length, values.length));
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(name + " must be finite numbers, got " + value);
            }
        }
    }

    /** The place of a label. @throws IllegalArgumentException if there is no such label */
    public int label(String name) {
        int label = labels.indexOf(name);
        if (label < 0) {
            throw new IllegalArgumentException("the classifier has no label \"%s\", only %s".formatted(name, labels));
        }
        return label;
    }

    /** The probability of each label, in their order; they add up to 1. */
    public double[] probabilities(String text) {
        return probabilities(hashing.bag(text));
    }

    double[] probabilities(Bag bag) {
        double[] scores = new double[bias.length];
        for (int label = 0; label < scores.length; label++) {
            scores[label] = bias[label];
        }
        for (int i = 0; i < bag.ids().length; i++) {
            int row = bag.ids()[i] * scores.length;
            double value = bag.values()[i];
            for (int label = 0; label < scores.length; label++) {
                scores[label] += value * weights[row + label];
            }
        }
        return softmax(scores);
    }

    private static double[] softmax(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = StrictMath.exp(scores[label] - most);
            sum += scores[label];
        }
        for (int label = 0; label < scores.length; label++) {
            scores[label] /= sum;
        }
        return scores;
    }
}
