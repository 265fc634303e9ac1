package kindling.prep.filter;

import java.util.Arrays;

/** The words of a text, as positions in it. */
final class Words {
    private static final int FIRST_WORDS = 256;
    private static final boolean[] ASCII = asciiLettersAndDigits(); // part of a word, by character

    private final Text text;
    private int[] starts = new int[FIRST_WORDS];
    private int[] ends = new int[FIRST_WORDS];
    private int[] offsets = new int[FIRST_WORDS + 1]; // characters in the words before each word, and in all
    private int count;
    private UnspacedWords unspaced; // made for the first text that needs it

    Words(Text text) {
        this.text = text;
    }

    /** Finds the words of the text as it is now: what white space parts, and {@link UnspacedWords}. */
    Words split() {
        char[] chars = text.chars();
        int length = text.length();
        count = 0;
        int i = 0;
        while (i < length) {
            while (i < length && Text.isSpace(chars[i])) {
                i++;
            }
            int start = i;
            int bits = 0; // set in any of its characters
            while (i < length && !Text.isSpace(chars[i])) {
                bits |= chars[i++];
            }
            if (i > start) {
                add(start, i, bits);
            }
        }
        return this;
    }

    /**
     * Finds the words of the text as tokenizers do that set punctuation apart: runs of letters, digits and marks, with points
     * and commas between digits; an apostrophe with the letters behind it; runs of one and the same other character; and
     * {@link UnspacedWords}.
     */
    Words tokenize() {
        char[] chars = text.chars();
        int length = text.length();
        count = 0;
        int i = 0;
        while (i < length) {
            int start = i;
            char c = chars[i++];
            if (Text.isSpace(c)) {
                continue;
            }
            int bits = c; // set in any of its characters
            if (isPartOfWord(c) || (isApostrophe(c) && i < length && isPartOfWord(chars[i]))) {
                while (i < length && (isPartOfWord(chars[i]) || isInNumber(chars, i, length))) {
                    bits |= chars[i++];
                }
            } else {
                while (i < length && chars[i] == c) {
                    i++;
                }
            }
            add(start, i, bits);
        }
        return this;
    }

    private static boolean isApostrophe(char c) {
        return c == '\'' || c == '’';
    }

    private static boolean isInNumber(char[] chars, int i, int length) {
        return (chars[i] == '.' || chars[i] == ',')
                && i + 1 < length
                && Character.isDigit(chars[i - 1])
                && Character.isDigit(chars[i + 1]);
    }

    static boolean isPartOfWord(char c) {
        if (c < ASCII.length) {
            return ASCII[c];
        }
        return Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private static boolean[] asciiLettersAndDigits() {
        boolean[] is = new boolean[0x80];
        for (int c = 0; c < is.length; c++) {
            is[c] = Character.isLetterOrDigit(c);
        }
        return is;
    }

    private void add(int start, int end, int bits) {
        if (bits >= UnspacedWords.FIRST && UnspacedWords.isIn(text.chars(), start, end)) {
            unspaced = unspaced == null ? new UnspacedWords() : unspaced;
            unspaced.split(text.chars(), start, end, this);
        } else {
            add(start, end);
        }
    }

    void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count + 1);
        }
        starts[count] = start;
        ends[count] = end;
        offsets[count + 1] = offsets[count] + text.characters(start, end);
        count++;
    }

    int count() {
        return count;
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return ends[word];
    }

    /** Characters (code points) of a word. */
    int length(int word) {
        return characters(word, word + 1);
    }

    /** Characters of the words from one to before another, without the space between them. */
    int characters(int from, int to) {
        return offsets[to] - offsets[from];
    }

    /** Characters of all words together, without the space between them. */
    int characters() {
        return offsets[count];
    }

    int withLetter() {
        int with = 0;
        for (int word = 0; word < count; word++) {
            with += hasLetter(word) ? 1 : 0;
        }
        return with;
    }

    private boolean hasLetter(int word) {
        char[] chars = text.chars();
        for (int i = starts[word]; i < ends[word]; i++) {
            if (Character.isLetter(chars[i]) || Character.isLetter(Character.codePointAt(chars, i, ends[word]))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word of {@link #tokenize} is more than punctuation. */
    boolean isWord(int word) {
        return isPartOfWord(text.chars()[ends[word] - 1]);
    }

    /** 64 bits that stand for the word. */
    long hash(int word) {
        return Hash.of(text.chars(), starts[word], ends[word]);
    }
}
