package kindling.prep.filter;

import java.util.BitSet;
import java.util.List;

/**
 * Drops texts with words or phrases of a user's list, as C4 does with a list of obscene words (Raffel et al. 2020, section
 * 2.2).
 *
 * <p>Case does not matter, nor which white space stands inside a phrase. Only whole words count: no letter, digit or mark may
 * touch them, except in scripts that set no space between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese). Of entries
 * that begin at the same place the longest counts, and the search goes on behind it.
 *
 * <p>The list is a trie whose edges are numbered, so the time is at most that of the text's length times the longest entry's.
 */
final class HarmfulWords {
    private static final char SPACE = ' ';

    private final Numbering edges = new Numbering(); // node and character to node - 1; node 0 is the root
    private final BitSet ends = new BitSet();

    private HarmfulWords(List<String> entries) {
        for (String entry : entries) {
            add(entry.strip().replaceAll("\\s+", " "));
        }
    }

    /** @throws IllegalArgumentException if the list is empty */
    static RuleSet rules(List<String> entries) {
        if (entries.stream().allMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "the rule set words needs a list of words: add --word-list FILE, one word or phrase a line");
        }
        HarmfulWords list = new HarmfulWords(entries);
        return RuleSet.of(
                "words",
                "Kindling",
                List.of(
                        Rule.atMost("words_listed", 0, list::count),
                        // no bound: for those who allow some; words of the list among all words
                        Rule.atMost("words_listed_share", Double.POSITIVE_INFINITY, list::share)));
    }

    private void add(String entry) {
        int node = 0;
        for (int i = 0; i < entry.length(); i++) {
            node = 1 + edges.of(edge(node, fold(entry.charAt(i))));
        }
        if (node > 0) {
            ends.set(node);
        }
    }

    private double share(Text text) {
        return count(text) / (double) Math.max(1, text.words().count());
    }

    /** How many entries stand in the text, none of them inside another. */
    private int count(Text text) {
        int count = 0;
        int i = 0;
        while (i < text.length()) {
            int end = isBoundary(text, i) ? end(text, i) : -1;
            count += end < 0 ? 0 : 1;
            i = end < 0 ? i + 1 : end;
        }
        return count;
    }

    /** Behind the longest entry that begins here, or -1. */
    private int end(Text text, int start) {
        char[] chars = text.chars();
        int node = 0;
        int longest = -1;
        int i = start;
        while (i < text.length()) {
            boolean space = Text.isSpace(chars[i]);
            int next = edges.find(edge(node, space ? SPACE : fold(chars[i])));
            if (next < 0) {
                break;
            }
            node = next + 1;
            i++;
            while (space && i < text.length() && Text.isSpace(chars[i])) {
                i++;
            }
            longest = ends.get(node) && isBoundary(text, i) ? i : longest;
        }
        return longest;
    }

    private static long edge(int node, char c) {
        return (long) node << Character.SIZE | c;
    }

    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Whether a word may begin or end before this position. */
    private static boolean isBoundary(Text text, int i) {
        char[] chars = text.chars();
        if (i == 0 || i == text.length() || !Words.isPartOfWord(chars[i - 1]) || !Words.isPartOfWord(chars[i])) {
            return true;
        }
        return UnspacedWords.isUnspaced(chars[i - 1]) || UnspacedWords.isUnspaced(chars[i]);
    }
}
