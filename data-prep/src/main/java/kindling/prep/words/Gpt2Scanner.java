package kindling.prep.words;

import static kindling.prep.words.CharacterClass.SPACE;

/**
 * The pattern of GPT-2 without a regex engine:
 *
 * <pre>{@code '(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}</pre>
 *
 * An English contraction, or a run of letters, of digits or of signs with at most one space before it, or a run of white space without the
 * last one where a word follows. Each character is looked at no more than twice. Source: {@code encoder.py} of Radford et al. 2019.
 */
final class Gpt2Scanner implements WordScanner {
    @Override
    public int endOfWord(char[] text, int from, int end) {
        if (text[from] == '\'') {
            int contraction = contraction(text, from, end);
            if (contraction > 0) {
                return from + contraction;
            }
        }
        int kind = CharacterClass.at(text, from, end);
        if (kind != SPACE) {
            return CharacterClass.endOfRun(text, from, end, kind);
        }
        if (text[from] == ' ' && from + 1 < end) {
            int next = CharacterClass.at(text, from + 1, end);
            if (next != SPACE) {
                return CharacterClass.endOfRun(text, from + 1, end, next);
            }
        }
        int spaces = CharacterClass.endOfRun(text, from, end, SPACE);
        return spaces == end || spaces == from + 1 ? spaces : spaces - 1;
    }

    /** Length of {@code 's 'd 'm 't 'll 've 're} at the apostrophe, 0 where there is none. */
    private static int contraction(char[] text, int from, int end) {
        char first = from + 1 < end ? text[from + 1] : 0;
        char second = from + 2 < end ? text[from + 2] : 0;
        return switch (first) {
            case 's', 'd', 'm', 't' -> 2;
            case 'l' -> second == 'l' ? 3 : 0;
            case 'v', 'r' -> second == 'e' ? 3 : 0;
            default -> 0;
        };
    }
}
