package kindling.prep.words;

import static kindling.prep.words.CharacterClass.KIND;
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
            int contraction = Contraction.end(text, from, end);
            if (contraction > from) {
                return contraction;
            }
        }
        int kind = CharacterClass.at(text, from, end) & KIND;
        if (kind != SPACE) {
            return CharacterClass.endOfRun(text, from, end, kind);
        }
        if (text[from] == ' ' && from + 1 < end) {
            int next = CharacterClass.at(text, from + 1, end) & KIND;
            if (next != SPACE) {
                return CharacterClass.endOfRun(text, from + 1, end, next);
            }
        }
        return WhiteSpace.endOfWord(text, from, end);
    }
}
