package kindling.prep.filter;

import java.util.Locale;
import kindling.prep.Verdict;

/** Comparisons whose outcome says what was compared. */
final class Limit {
    private Limit() {}

    static Verdict atMost(double limit, double value, String reason) {
        return value <= limit ? Verdict.KEEP : Verdict.drop(reason, number(value) + " > " + number(limit));
    }

    static Verdict atLeast(double limit, double value, String reason) {
        return value >= limit ? Verdict.KEEP : Verdict.drop(reason, number(value) + " < " + number(limit));
    }

    /** The first of the verdicts that drops, or keep. */
    static Verdict first(Verdict... verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Drop) {
                return verdict;
            }
        }
        return Verdict.KEEP;
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) >= 2;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", value);
    }
}
