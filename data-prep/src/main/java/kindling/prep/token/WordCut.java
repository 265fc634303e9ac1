package kindling.prep.token;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import kindling.prep.words.Pretokenizer;

/** Cuts a text into words that follow one another without gaps. Cuts nest: each looks at one word of the cut before it as at a whole text. */
@FunctionalInterface
interface WordCut {
    /** Takes words {@code text[from, to)}, in order. */
    @FunctionalInterface
    interface Words {
        void add(char[] text, int from, int to);
    }

    /** A word's end; see {@link Pretokenizer#endOfWord}. */
    @FunctionalInterface
    interface End {
        int of(char[] text, int from, int to);
    }

    /** Hands over the words of {@code text[from, to)}. */
    void cut(char[] text, int from, int to, Words words);

    /** The text as one word. */
    WordCut WHOLE = (text, from, to, words) -> {
        if (from < to) {
            words.add(text, from, to);
        }
    };

    static WordCut at(End end) {
        return (text, from, to, words) -> {
            for (int start = from, stop; start < to; start = stop) {
                stop = end.of(text, start, to);
                words.add(text, start, stop);
            }
        };
    }

    /** Words before and after each of this character. */
    static WordCut around(char wanted) {
        return before(wanted).then(after(wanted));
    }

    /** Words that begin with this character. */
    static WordCut before(char wanted) {
        return at((text, from, to) -> {
            int end = from + 1;
            while (end < to && text[end] != wanted) {
                end++;
            }
            return end;
        });
    }

    /** Words that end with this character. */
    static WordCut after(char wanted) {
        return at((text, from, to) -> {
            int end = from;
            while (end < to && text[end] != wanted) {
                end++;
            }
            return Math.min(end + 1, to);
        });
    }

    /** Runs of digits, or digits one by one, and what lies between; a digit is every character of {@code \p{N}}. */
    static WordCut digits(boolean oneByOne) {
        return at((text, from, to) -> {
            boolean digit = isNumber(Character.codePointAt(text, from, to));
            int end = from;
            do {
                end += Character.charCount(Character.codePointAt(text, end, to));
            } while (!(digit && oneByOne) && end < to && isNumber(Character.codePointAt(text, end, to)) == digit);
            return end;
        });
    }

    /** This cut, then another within each of its words. */
    default WordCut then(WordCut inner) {
        if (this == WHOLE) {
            return inner;
        }
        return (text, from, to, words) -> cut(text, from, to, (t, start, end) -> inner.cut(t, start, end, words));
    }

    private static boolean isNumber(int point) {
        int type = UCharacter.getType(point);
        return type == ECharacterCategory.DECIMAL_DIGIT_NUMBER
                || type == ECharacterCategory.LETTER_NUMBER
                || type == ECharacterCategory.OTHER_NUMBER;
    }
}
