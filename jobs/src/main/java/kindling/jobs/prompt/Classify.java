package kindling.jobs.prompt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives each document one of some labels. What the model writes is a label if it names exactly one of them, in any case.
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
    public Optional<String> output(String written) {
        String line = written.strip().lines().findFirst().orElse("");
        List<String> named = labels.stream().filter(label -> names(line, label)).toList();
        List<String> longest = named.stream() // "very good" names "good" too
                .filter(label -> named.stream().noneMatch(other -> !other.equals(label) && names(other, label)))
                .toList();
        return longest.size() == 1 ? Optional.of(longest.get(0)) : Optional.empty();
    }

    private static boolean names(String text, String label) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(label) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .find();
    }

    @Override
    public String expected() {
        return "one of the labels " + String.join(", ", labels);
    }
}
