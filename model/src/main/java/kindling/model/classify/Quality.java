package kindling.model.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.evaluation.classification.Evaluation;

/**
 * How well predictions agree with labels, as DL4J's {@link Evaluation} counts it; shares from 0 to 1.
 *
 * @param examples how many were looked at
 * @param accuracy share of examples whose most probable label is theirs
 * @param precision mean over labels, as are {@code recall} and {@code f1}
 * @param labels each label by itself
 * @param confusion rows are the labels, columns the predictions
 */
public record Quality(
        long examples,
        double accuracy,
        double precision,
        double recall,
        double f1,
        List<OfLabel> labels,
        List<List<Integer>> confusion) {
    /**
     * One label against all others.
     *
     * @param precision share of the examples predicted so that are so; 0 where none is
     * @param recall share of the examples that are so that are predicted so; 0 where none is
     * @param f1 harmonic mean of the two
     */
    public record OfLabel(double precision, double recall, double f1) {}

    public Quality {
        labels = List.copyOf(labels);
        confusion = List.copyOf(confusion);
    }

    static Quality of(Evaluation evaluation, int labels) {
        List<OfLabel> each = new ArrayList<>();
        List<List<Integer>> confusion = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            each.add(new OfLabel(evaluation.precision(label, 0), evaluation.recall(label, 0), evaluation.f1(label)));
            List<Integer> row = new ArrayList<>();
            for (int predicted = 0; predicted < labels; predicted++) {
                row.add(evaluation.getConfusionMatrix().getCount(label, predicted));
            }
            confusion.add(List.copyOf(row));
        }
        return new Quality(
                evaluation.getNumRowCounter(),
                evaluation.accuracy(),
                mean(each, OfLabel::precision),
                mean(each, OfLabel::recall),
                mean(each, OfLabel::f1),
                each,
                confusion);
    }

    private static double mean(List<OfLabel> labels, ToDoubleFunction<OfLabel> measure) {
        return labels.stream().mapToDouble(measure).average().orElse(0);
    }
}
