package kindling.prep.filter;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A bound that a user sets for a rule, in place of the published one.
 *
 * @param rule the rule's reason
 * @param bound {@code least}, {@code most}, or "" for the only bound that the rule has
 * @param value the new bound; empty for none
 */
public record Threshold(String rule, String bound, OptionalDouble value) {
    private static final List<String> BOUNDS = List.of("least", "most");

    public Threshold {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(bound, "bound");
        Objects.requireNonNull(value, "value");
    }

    /**
     * A threshold as users write it: {@code gopher_symbol_ratio=0.2}, {@code gopher_mean_word_length.least=2}, or, to
     * switch a bound off, {@code gopher_stop_words=none}.
     *
     * @throws IllegalArgumentException if it is not of this form
     */
    public static Threshold parse(String text) {
        int equals = text.indexOf('=');
        String name = text.substring(0, Math.max(0, equals)).strip();
        String value = text.substring(equals + 1).strip();
        if (name.isEmpty() || !(isNumber(value) || value.equals("none"))) {
            throw new IllegalArgumentException(
                    "a threshold is RULE=NUMBER, RULE.least=NUMBER or RULE.most=NUMBER, with none for no bound, got \"%s\""
                            .formatted(text));
        }
        OptionalDouble number = isNumber(value) ? OptionalDouble.of(Double.parseDouble(value)) : OptionalDouble.empty();
        int dot = name.lastIndexOf('.');
        return dot >= 0 && BOUNDS.contains(name.substring(dot + 1))
                ? new Threshold(name.substring(0, dot), name.substring(dot + 1), number)
                : new Threshold(name, "", number);
    }

    private static boolean isNumber(String value) {
        try {
            return Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /**
     * A rule with the bounds that these thresholds set for it.
     *
     * @throws IllegalArgumentException if a threshold leaves open which of two bounds it means, or no value is left
     */
    static Rule apply(List<Threshold> thresholds, Rule rule) {
        double least = rule.least();
        double most = rule.most();
        for (Threshold threshold : thresholds) {
            if (threshold.rule.equals(rule.reason())) {
                if (threshold.meansLeast(rule)) {
                    least = threshold.value.orElse(Double.NEGATIVE_INFINITY);
                } else {
                    most = threshold.value.orElse(Double.POSITIVE_INFINITY);
                }
            }
        }
        return rule.withBounds(least, most);
    }

    private boolean meansLeast(Rule subject) {
        if (bound.isEmpty() && subject.hasLeast() && subject.hasMost()) {
            throw new IllegalArgumentException("%1$s has two bounds: set %1$s.least or %1$s.most".formatted(rule));
        }
        return bound.isEmpty() ? subject.hasLeast() : bound.equals("least");
    }
}
