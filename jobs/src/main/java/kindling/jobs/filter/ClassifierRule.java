package kindling.jobs.filter;

import java.util.List;
import kindling.jobs.UserError;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedClassifier;
import kindling.prep.classify.Classifier;
import kindling.prep.filter.Rule;
import kindling.prep.filter.RuleSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Keeps documents that a classifier takes for a label, with a probability of at least one half unless a threshold says
 * otherwise. The reason is {@code classifier_FOLDER}, or {@code classifier_FOLDER_LABEL} where the entry names the label.
 */
record ClassifierRule(String reason, String label, String digest, Shared<Classifier> classifier)
        implements LearnedRule {
    private static final double LEAST = 0.5; // more likely than not

    /** @param label "" for the one that the classifier was trained to want */
    static ClassifierRule read(InputPath folder, String label) {
        SharedClassifier read = SharedClassifier.read(folder);
        String wanted = label.isEmpty() ? read.wanted() : label;
        List<String> labels = read.classifier().labels();
        if (!labels.contains(wanted)) {
            throw new UserError(
                    "classifier=%1$s: say which of its labels to keep, as in classifier:%2$s=%1$s; it has %3$s"
                            .formatted(folder, labels.get(0), labels));
        }
        String name = "classifier_" + LearnedRule.snakeCase(new Path(folder.path()).getName());
        String reason = label.isEmpty() ? name : name + "_" + LearnedRule.snakeCase(label);
        Classifier classifier = read.classifier();
        return new ClassifierRule(reason, wanted, read.digest(), () -> classifier);
    }

    @Override
    public RuleSet set() {
        Classifier read = classifier.value();
        int at = read.label(label);
        return RuleSet.of(
                reason,
                "trained by kindling train-classifier: probability of " + label,
                List.of(Rule.atLeast(
                        reason,
                        LEAST,
                        text -> read.probabilities(text.document().text())[at])));
    }

    @Override
    public LearnedRule broadcast(JavaSparkContext context) {
        return new ClassifierRule(reason, label, digest, context.broadcast(classifier.value())::value);
    }
}
