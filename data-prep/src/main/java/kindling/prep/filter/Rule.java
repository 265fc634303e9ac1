package kindling.prep.filter;

import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import kindling.prep.Verdict;

/**
 * One number of a text, and the bounds within which the text is kept.
 *
 * <p>{@code Rule.atMost("gopher_symbol_ratio", 0.1, text -> …)} drops a text of 31 symbols in 100 words with the reason
 * {@code gopher_symbol_ratio} and the detail {@code 0.31 > 0.10}.
 *
 * @param reason {@code set_rule} in snake_case: the ledger's reason, the name in {@code --threshold}, the key in {@code meta}
 * @param least smallest value that is kept; negative infinity where there is no lower bound
 * @param most largest value that is kept; infinity where there is no upper bound
 * @param measure the number; NaN where a text has nothing to measure, which keeps it
 */
public record Rule(String reason, double least, double most, ToDoubleFunction<Text> measure) {
    private static final int FEWEST_DECIMALS = 2;
    private static final int MOST_DECIMALS = 6;

    /** @throws IllegalArgumentException if no value could lie within the bounds */
    public Rule {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(measure, "measure");
        if (!(least <= most)) {
            throw new IllegalArgumentException(
                    "%s would drop every text: its least value %s is above its most %s".formatted(reason, least, most));
        }
    }

    /** Keeps texts whose measure is not below a bound. */
    public static Rule atLeast(String reason, double least, ToDoubleFunction<Text> measure) {
        return new Rule(reason, least, Double.POSITIVE_INFINITY, measure);
    }

    /** Keeps texts whose measure is not above a bound. */
    public static Rule atMost(String reason, double most, ToDoubleFunction<Text> measure) {
        return new Rule(reason, Double.NEGATIVE_INFINITY, most, measure);
    }

    /** Measures the text and keeps or drops it. */
    public Verdict judge(Text text) {
        return judge(measure.applyAsDouble(text));
    }

    boolean keeps(double value) {
        return !(value < least || value > most);
    }

    Verdict judge(double value) {
        if (value < least) {
            return Verdict.drop(reason, detail(value, "<", least));
        }
        return value > most ? Verdict.drop(reason, detail(value, ">", most)) : Verdict.KEEP;
    }

    boolean hasLeast() {
        return least != Double.NEGATIVE_INFINITY;
    }

    boolean hasMost() {
        return most != Double.POSITIVE_INFINITY;
    }

    Rule withBounds(double newLeast, double newMost) {
        return new Rule(reason, newLeast, newMost, measure);
    }

    /** {@code 0.31 > 0.10}: as many decimals as it takes to tell the two apart. */
    private static String detail(double value, String sign, double bound) {
        int decimals = FEWEST_DECIMALS;
        while (decimals < MOST_DECIMALS && number(value, decimals).equals(number(bound, decimals))) {
            decimals++;
        }
        return number(value, decimals) + " " + sign + " " + number(bound, decimals);
    }

    private static String number(double value, int decimals) {
        boolean whole = value == Math.rint(value) && Math.abs(value) >= 2;
        return String.format(Locale.ROOT, "%." + (whole ? 0 : decimals) + "f", value);
    }
}
