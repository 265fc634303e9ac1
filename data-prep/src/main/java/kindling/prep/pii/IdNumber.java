package kindling.prep.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A numbering system: how its numbers are written, which of those are possible numbers, and which words name them.
 *
 * @param type as findings name it
 * @param words lower-case words before a number that say what it is
 * @param reach how many words before the number may be such a word
 * @param check whether a number is possible; gets its digits and its letters in upper case, without separators
 * @param forms how it is written
 */
record IdNumber(String type, Set<String> words, int reach, Predicate<String> check, List<Form> forms) {
    /** "National Insurance Number of the patient:" has six words, of which the last five are looked at. */
    private static final int REACH = 5;
    /** "account number is" has three. */
    private static final int SHORT_REACH = 3;

    IdNumber {
        words = Set.copyOf(words);
        forms = List.copyOf(forms);
    }

    /**
     * One way to write a number.
     *
     * @param pattern {@code 9} for any digit, {@code A} for any Latin letter, {@code #} for either; other characters stand for themselves
     */
    record Form(Strength strength, String pattern) {}

    /** What a number in some form is worth; a word near it adds to that. */
    enum Strength {
        /** Every tenth or so number of other kinds passes for one: a word must say that it is meant. */
        NEEDS_CONTEXT(0.2, 0.2),
        /** As weak in a text, but sound enough where the number is all there is, as in the field of a form or a table. */
        IN_FIELD(0.25, 0.45),
        /** Hardly anything else is written like this, or fewer than one in a hundred of it passes. */
        LIKELY(0.6, 0.6),
        /** As good as nothing else is written like this and passes. */
        SURE(0.9, 0.9);

        private static final double CONTEXT = 0.4;

        private final double inText;
        private final double alone;

        Strength(double inText, double alone) {
            this.inText = inText;
            this.alone = alone;
        }

        double score(boolean named, boolean isWholeText) {
            return Math.min(1, (isWholeText ? alone : inText) + (named ? CONTEXT : 0));
        }
    }

    /** @param words parted by spaces */
    static IdNumber of(String type, Predicate<String> check, String words) {
        return new IdNumber(type, Set.of(words.split(" ", -1)), REACH, check, List.of());
    }

    /** A number that has nothing to check, so that the words must stand closer. */
    static IdNumber unchecked(String type, String words) {
        return new IdNumber(type, Set.of(words.split(" ", -1)), SHORT_REACH, value -> true, List.of());
    }

    /** The same with more ways to write it. */
    IdNumber written(Strength strength, String... patterns) {
        List<Form> more = new ArrayList<>(forms);
        for (String pattern : patterns) {
            more.add(new Form(strength, pattern));
        }
        return new IdNumber(type, words, reach, check, more);
    }
}
