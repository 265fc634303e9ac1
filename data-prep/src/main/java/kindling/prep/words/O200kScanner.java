package kindling.prep.words;

import static kindling.prep.words.CharacterClass.LETTER;
import static kindling.prep.words.CharacterClass.LOWER;
import static kindling.prep.words.CharacterClass.NUMBER;
import static kindling.prep.words.CharacterClass.OTHER;
import static kindling.prep.words.CharacterClass.UPPER;

/**
 * The pattern of GPT-4o without a regex engine; U stands for {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}, L for {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}:
 *
 * <pre>{@code
 * [^\r\n\p{L}\p{N}]?U*L+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?U+L*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *     |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
 * }</pre>
 *
 * Words are cut where lower case turns to upper case; contractions stay with their word. Source: {@code tiktoken_ext/openai_public.py} of
 * tiktoken 0.7.
 *
 * <p>A regex engine that finds no L after U* gives characters back until one of them is an L as well: a letter without case or a mark. Here the
 * run of U is read once and the last such character remembered. What is given back holds no L and is therefore the next word's whole run of U,
 * so that each character is looked at no more than four times.
 */
final class O200kScanner implements WordScanner {
    private static final int NONE = -1;
    private static final int DIGITS = 3;

    @Override
    public int endOfWord(char[] text, int from, int end) {
        int bits = CharacterClass.at(text, from, end);
        if (bits == NUMBER) {
            return Cl100kScanner.endOfDigits(text, from, end, DIGITS);
        }
        int word = endOfLetters(text, from, end, bits);
        if (word != NONE) {
            return Contraction.endInEitherCase(text, word, end);
        }
        int signs = text[from] == ' ' ? from + 1 : from;
        int endOfSigns = CharacterClass.endOfRun(text, signs, end, OTHER);
        return endOfSigns == signs
                ? WhiteSpace.endOfLines(text, from, end)
                : endOfLinesAndSlashes(text, endOfSigns, end);
    }

    /** The first two alternatives without the contraction: each first with a character in front, then without. */
    private static int endOfLetters(char[] text, int from, int end, int bits) {
        boolean mayLead = (bits & LETTER) == 0 && !WhiteSpace.isLineEnd(text[from]);
        int next = from + CharacterClass.width(text, from, end);
        int word = mayLead ? endInLowerCase(text, next, end) : NONE;
        if (word == NONE && (bits & (UPPER | LOWER)) != 0) {
            word = endInLowerCase(text, from, end);
        }
        if (word != NONE) {
            return word;
        }
        int endOfUpper = CharacterClass.endOfRun(text, mayLead ? next : from, end, UPPER);
        return endOfUpper > (mayLead ? next : from) ? endOfUpper : NONE; // L* is empty, or U*L+ had matched
    }

    /** {@code U*L+} from here on, or {@link #NONE}. */
    private static int endInLowerCase(char[] text, int from, int end) {
        int endOfLast = NONE;
        int i = from;
        while (i < end) {
            int bits = CharacterClass.at(text, i, end);
            if ((bits & UPPER) == 0) {
                return (bits & LOWER) == 0 ? endOfLast : CharacterClass.endOfRun(text, i, end, LOWER);
            }
            i += CharacterClass.width(text, i, end);
            endOfLast = (bits & LOWER) == 0 ? endOfLast : i;
        }
        return endOfLast;
    }

    private static int endOfLinesAndSlashes(char[] text, int from, int end) {
        int i = from;
        while (i < end && (text[i] == '/' || WhiteSpace.isLineEnd(text[i]))) {
            i++;
        }
        return i;
    }
}
