package kindling.prep.filter;

import java.util.Arrays;

/** Lines or paragraphs of a text, as positions in it, and which of them are equal. */
final class Parts {
    private static final int FIRST_PARTS = 64;

    private final Text text;
    private final Split how;
    private final Numbering numbering;
    private int[] starts = new int[FIRST_PARTS];
    private int[] ends = new int[FIRST_PARTS];
    private int count;
    private boolean found;
    private boolean compared;
    private int duplicates;
    private int duplicateCharacters;
    private int copies;
    private int copiedCharacters;

    Parts(Text text, Split how, Numbering numbering) {
        this.text = text;
        this.how = how;
        this.numbering = numbering;
    }

    /** Forgets the text of before. */
    void forget() {
        found = false;
        compared = false;
    }

    /** Finds the parts of the text as it is now, if that was not done yet. */
    Parts split() {
        if (!found) {
            found = true;
            count = 0;
            how.split(text.chars(), text.length(), this);
        }
        return this;
    }

    void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    int count() {
        return count;
    }

    int start(int part) {
        return starts[part];
    }

    int end(int part) {
        return ends[part];
    }

    /** The number of parts, or 1 where there are none: what shares are taken of. */
    double whole() {
        return Math.max(1, count);
    }

    /** How many parts are equal to one before them. */
    int duplicates() {
        compare();
        return duplicates;
    }

    /** How many characters are in parts that are equal to one before them. */
    int duplicateCharacters() {
        compare();
        return duplicateCharacters;
    }

    /** How many parts have an equal one, before or behind them. */
    int copies() {
        compare();
        return copies;
    }

    /** How many characters are in parts that have an equal one. */
    int copiedCharacters() {
        compare();
        return copiedCharacters;
    }

    private void compare() {
        if (compared) {
            return;
        }
        compared = true;
        duplicates = 0;
        duplicateCharacters = 0;
        copies = 0;
        copiedCharacters = 0;
        numbering.restart();
        int[] times = text.scratch(count);
        for (int part = 0; part < count; part++) {
            int before = times[numbering.of(Hash.of(text.chars(), starts[part], ends[part]))]++;
            if (before == 0) {
                continue;
            }
            int characters = text.characters(starts[part], ends[part]);
            duplicates++;
            duplicateCharacters += characters;
            copies += before == 1 ? 2 : 1; // the second one makes a copy of the first
            copiedCharacters += before == 1 ? 2 * characters : characters;
        }
    }
}
