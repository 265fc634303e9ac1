package kindling.prep.jinja;

/** What a rendering may still do. A template comes with a model from somewhere: it must not run for hours, nor write without end. */
final class Work {
    private static final long STEPS = 20_000_000; // of expressions and characters: a second or two
    private static final int DEEPEST = 100; // calls of macros, or lists, in each other
    private static final int QUICK = 16; // characters that a search compares in a step

    private long left = STEPS;
    private int depth;

    /** Counts a step. */
    void step() {
        spend(1);
    }

    /** Counts the characters or elements that something makes or looks at. */
    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new JinjaException(
                    "this takes more than %,d steps: it does not look like a template".formatted(STEPS));
        }
    }

    /** Counts looking for a part, which may all but begin everywhere. */
    void search(String text, String part) {
        spend(text.length() * (1L + part.length() / QUICK));
    }

    /** Goes into a macro, list or mapping. */
    void enter() {
        step();
        if (++depth > DEEPEST) {
            throw new JinjaException(
                    "macros, lists or mappings lie in each other more than %d deep".formatted(DEEPEST));
        }
    }

    void leave() {
        depth--;
    }
}
