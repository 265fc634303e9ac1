package kindling.prep.words;

import static kindling.prep.words.CharacterClass.LETTER;
import static kindling.prep.words.CharacterClass.NUMBER;
import static kindling.prep.words.CharacterClass.OTHER;

/**
 * The pattern of GPT-4 and Llama 3, and with single digits that of Qwen 2, without a regex engine:
 *
 * <pre>{@code
 * (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 * }</pre>
 *
 * Letters take any one sign or space in front along, numbers are cut into groups, signs take the line ends behind them along. Each character is
 * looked at no more than three times. Source: {@code tiktoken_ext/openai_public.py} of tiktoken 0.4.
 *
 * @param digits how many digits make a word at most
 */
record Cl100kScanner(int digits) implements WordScanner {
    @Override
    public int endOfWord(char[] text, int from, int end) {
        int kind = CharacterClass.at(text, from, end);
        if ((kind & LETTER) != 0) {
            return CharacterClass.endOfRun(text, from, end, LETTER);
        }
        if (kind == NUMBER) {
            return endOfDigits(text, from, end, digits);
        }
        int contraction = Contraction.endInEitherCase(text, from, end);
        if (contraction > from) {
            return contraction;
        }
        int next = from + CharacterClass.width(text, from, end);
        if (next < end && !WhiteSpace.isLineEnd(text[from]) && (CharacterClass.at(text, next, end) & LETTER) != 0) {
            return CharacterClass.endOfRun(text, next, end, LETTER);
        }
        return endOfSignsOrSpaces(text, from, end);
    }

    private static int endOfSignsOrSpaces(char[] text, int from, int end) {
        int signs = text[from] == ' ' ? from + 1 : from;
        int endOfSigns = CharacterClass.endOfRun(text, signs, end, OTHER);
        if (endOfSigns == signs) {
            return WhiteSpace.endOfLines(text, from, end);
        }
        int i = endOfSigns;
        while (i < end && WhiteSpace.isLineEnd(text[i])) {
            i++;
        }
        return i;
    }

    /** {@code \p{N}{1,most}} */
    static int endOfDigits(char[] text, int from, int end, int most) {
        int i = from;
        for (int n = 0; n < most && i < end && CharacterClass.at(text, i, end) == NUMBER; n++) {
            i += CharacterClass.width(text, i, end);
        }
        return i;
    }
}
