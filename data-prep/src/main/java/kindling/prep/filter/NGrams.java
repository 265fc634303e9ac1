package kindling.prep.filter;

/** The runs of n words of a text that occur in it more than once, for each n. */
final class NGrams {
    /** The longest n-grams that are counted, in words. */
    static final int LONGEST = 10;

    private final Words words;
    private final Numbering numbering;
    private final Repeats[] repeats = new Repeats[LONGEST + 1];
    private int counted;

    NGrams(Words words, Numbering numbering) {
        this.words = words;
        this.numbering = numbering;
        for (int n = 1; n <= LONGEST; n++) {
            repeats[n] = new Repeats(words, n);
        }
    }

    /** Forgets what was counted, as the words are new. */
    NGrams restart() {
        counted = 0;
        return this;
    }

    /** The n-grams of n words, 1 to {@link #LONGEST}. */
    Repeats of(int n) {
        while (counted < n) {
            counted++;
            if (counted == 1) {
                repeats[1].countWords(numbering);
            } else {
                repeats[counted].count(repeats[counted - 1], numbering);
            }
        }
        return repeats[n];
    }

    Words words() {
        return words;
    }
}
