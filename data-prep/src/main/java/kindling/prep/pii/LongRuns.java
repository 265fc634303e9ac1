package kindling.prep.pii;

import java.util.function.IntPredicate;

/**
 * Long stretches of characters of one kind, found without looking at every character: where the character {@code shortest - 1} ahead is of another
 * kind, no long stretch starts before it (R. Boyer and J. Moore, "A fast string searching algorithm", 1977).
 */
final class LongRuns {
    /** Takes a stretch. */
    @FunctionalInterface
    interface Run {
        void at(int start, int end);
    }

    private LongRuns() {}

    /** Hands over every maximal stretch of at least {@code shortest} characters, from left to right. */
    static void find(String text, int shortest, IntPredicate kind, Run run) {
        int from = 0; // no stretch that goes on here started earlier
        while (from + shortest <= text.length()) {
            int probe = from + shortest - 1;
            int start = probe + 1;
            while (start > from && kind.test(text.charAt(start - 1))) {
                start--;
            }
            int end = probe + 1;
            if (start < end) {
                while (end < text.length() && kind.test(text.charAt(end))) {
                    end++;
                }
            }
            if (end - start >= shortest) {
                run.at(start, end);
            }
            from = end;
        }
    }
}
