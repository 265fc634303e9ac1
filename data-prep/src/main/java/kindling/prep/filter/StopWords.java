package kindling.prep.filter;

import java.util.List;

/** The eight English words of which Gopher wants to see two. */
final class StopWords {
    private static final List<String> ALL = List.of("the", "be", "to", "of", "and", "that", "have", "with");
    private static final int SHORTEST = 2;
    private static final int LONGEST = 4;

    private StopWords() {}

    /** How many different ones are among the words. */
    static int different(Text text, Words words, boolean anyCase) {
        int seen = 0;
        for (int word = 0; word < words.count(); word++) {
            int found = indexOf(text.chars(), words.start(word), words.end(word), anyCase);
            seen |= found < 0 ? 0 : 1 << found;
        }
        return Integer.bitCount(seen);
    }

    /** How many of the words are one. */
    static int all(Text text, Words words, boolean anyCase) {
        int count = 0;
        for (int word = 0; word < words.count(); word++) {
            count += indexOf(text.chars(), words.start(word), words.end(word), anyCase) < 0 ? 0 : 1;
        }
        return count;
    }

    private static int indexOf(char[] chars, int start, int end, boolean anyCase) {
        if (end - start < SHORTEST || end - start > LONGEST) {
            return -1;
        }
        for (int stopWord = 0; stopWord < ALL.size(); stopWord++) {
            if (matches(ALL.get(stopWord), chars, start, end, anyCase)) {
                return stopWord;
            }
        }
        return -1;
    }

    private static boolean matches(String word, char[] chars, int start, int end, boolean anyCase) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = anyCase && chars[i] >= 'A' && chars[i] <= 'Z' ? (char) (chars[i] | 0x20) : chars[i];
            if (c != word.charAt(i - start)) {
                return false;
            }
        }
        return true;
    }
}
