package kindling.prep.filter;

import java.util.Arrays;

/** The words of a text, parted by white space, as positions in it. */
final class Words {
    private static final int FIRST_WORDS = 256;

    private final String text;
    private int[] starts = new int[FIRST_WORDS];
    private int[] ends = new int[FIRST_WORDS];
    private int count;

    private Words(String text) {
        this.text = text;
    }

    static Words of(String text) {
        Words words = new Words(text);
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length() || Character.isWhitespace(text.charAt(i));
            if (space && start >= 0) {
                words.add(start, i);
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        return words;
    }

    int count() {
        return count;
    }

    int length(int word) {
        return ends[word] - starts[word];
    }

    /** Characters of all words together, without the space between them. */
    int characters() {
        int sum = 0;
        for (int word = 0; word < count; word++) {
            sum += length(word);
        }
        return sum;
    }

    boolean hasLetter(int word) {
        for (int i = starts[word]; i < ends[word]; i++) {
            if (Character.isLetter(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    boolean is(int word, String lowerCase) {
        return length(word) == lowerCase.length()
                && text.regionMatches(true, starts[word], lowerCase, 0, lowerCase.length());
    }

    /** 64 bits that stand for the word. */
    long hash(int word) {
        return Hash.of(text, starts[word], ends[word]);
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }
}
