package kindling.prep.filter;

import java.util.List;

/**
 * The rules of C4 that drop whole documents: placeholder text, curly brackets (C4 takes them for code), too few
 * sentences. Not those that edit documents line by line, nor the list of obscene words, which is not ours to give.
 *
 * <p>Source: C. Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
 * JMLR 21 (2020), section 2.2.
 */
final class C4 {
    private static final String CLOSERS = "\"')]”’»";

    private C4() {}

    static RuleSet rules() {
        return RuleSet.of(
                "c4",
                "Raffel et al. 2020, 2.2",
                List.of(
                        Rule.atMost("c4_curly_bracket", 0, text -> count(text, "{")),
                        Rule.atMost("c4_lorem_ipsum", 0, text -> count(text, "lorem ipsum")),
                        Rule.atLeast("c4_sentences", 3, C4::sentences)));
    }

    /** How often a phrase of lower-case letters occurs, in any case. */
    private static int count(Text text, String phrase) {
        int count = 0;
        for (int i = 0; i + phrase.length() <= text.length(); i++) {
            count += startsWith(text.chars(), i, phrase) ? 1 : 0;
        }
        return count;
    }

    private static boolean startsWith(char[] chars, int start, String phrase) {
        for (int i = 0; i < phrase.length(); i++) {
            if (Character.toLowerCase(chars[start + i]) != phrase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** How often a full stop, question or exclamation mark, perhaps with closing quotes, ends a word. */
    private static double sentences(Text text) {
        char[] chars = text.chars();
        int length = text.length();
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (isTerminal(chars[i])) {
                int next = i + 1;
                while (next < length && CLOSERS.indexOf(chars[next]) >= 0) {
                    next++;
                }
                boolean fullWidth = chars[i] > 0xFF;
                count += fullWidth || next == length || Text.isSpace(chars[next]) ? 1 : 0;
                i = next - 1;
            }
        }
        return count;
    }

    private static boolean isTerminal(char c) {
        return c == '.' || c == '!' || c == '?' || c == '。' || c == '！' || c == '？';
    }
}
