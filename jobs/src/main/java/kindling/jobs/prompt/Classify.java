package kindling.jobs.prompt;

import java.util.List;
import java.util.Optional;

/**
 * Gives each document one of some labels: the model can write nothing else.
 *
 * @param labels at least two
 */
public record Classify(List<String> labels) implements Instruction {
    /** Whether a document speaks well of what it is about. */
    public static final Classify SENTIMENT = new Classify(List.of("positive", "negative", "neutral"));

    public Classify {
        labels = labels.stream().map(String::strip).distinct().toList();
        if (labels.size() < 2 || labels.contains("")) {
            throw new IllegalArgumentException(
                    "--task classify needs two labels or more: --labels sport,politics; got " + labels);
        }
    }

    @Override
    public String name() {
        return "classify";
    }

    @Override
    public String prompt(String document) {
        return "Which of these labels fits the text between the fences best: %s? Answer with the label alone.\n\n%s\n\nLabel:"
                .formatted(String.join(", ", labels), Fence.around(document));
    }

    @Override
    public List<String> choices() {
        return labels;
    }

    /** Something else only where the decoding forbids the rest of every label, or a stop string cuts it. */
    @Override
    public Optional<String> output(String written) {
        return Optional.of(written.strip()).filter(labels::contains);
    }

    @Override
    public String expected() {
        return "one of the labels " + String.join(", ", labels);
    }
}
