package kindling.prep.filter;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/**
 * The words of scripts that set no space between them: Chinese, Japanese, Thai, Lao, Khmer and Burmese, found with ICU's
 * dictionaries (Unicode Standard Annex 29). Punctuation between such words is none of them.
 */
final class UnspacedWords {
    /** No character of these scripts is below this one. */
    static final char FIRST = 0xE00;

    private final BreakIterator words = BreakIterator.getWordInstance(ULocale.ROOT);

    static boolean isUnspaced(char c) {
        return c >= FIRST
                && switch (Character.UnicodeScript.of(c)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }

    static boolean isIn(char[] chars, int start, int end) {
        for (int i = start; i < end; i++) {
            if (isUnspaced(chars[i])) {
                return true;
            }
        }
        return false;
    }

    /** Adds the words of a piece without white space. */
    void split(char[] chars, int start, int end, Words found) {
        words.setText(new String(chars, start, end - start));
        int from = words.first();
        for (int to = words.next(); to != BreakIterator.DONE; to = words.next()) {
            if (words.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT) {
                found.add(start + from, start + to);
            }
            from = to;
        }
    }
}
