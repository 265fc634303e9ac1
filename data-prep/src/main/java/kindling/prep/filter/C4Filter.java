package kindling.prep.filter;

import kindling.prep.Document;
import kindling.prep.Verdict;

/**
 * The rules of C4 that drop whole documents: placeholder text, curly brackets (C4 takes them for code), too few
 * sentences. Not those that edit documents line by line, nor the list of obscene words, which is not ours to give.
 *
 * <p>Source: C. Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
 * JMLR 21 (2020), section 2.2.
 */
final class C4Filter implements Filter {
    private static final int MIN_SENTENCES = 3;
    private static final String PLACEHOLDER = "lorem ipsum";
    private static final String CLOSERS = "\"')]”’»";

    @Override
    public String name() {
        return "c4";
    }

    @Override
    public Verdict judge(Document document) {
        String text = document.text();
        if (text.indexOf('{') >= 0) {
            return Verdict.drop("c4_curly_bracket", "at character " + text.indexOf('{'));
        }
        if (containsPlaceholder(text)) {
            return Verdict.drop("c4_lorem_ipsum", "placeholder text");
        }
        return Limit.atLeast(MIN_SENTENCES, sentences(text), "c4_sentences");
    }

    private static boolean containsPlaceholder(String text) {
        for (int i = 0; i + PLACEHOLDER.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, PLACEHOLDER, 0, PLACEHOLDER.length())) {
                return true;
            }
        }
        return false;
    }

    /** How often a full stop, question or exclamation mark, perhaps with closing quotes, ends a word. */
    private static int sentences(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isTerminal(text.charAt(i))) {
                int next = i + 1;
                while (next < text.length() && CLOSERS.indexOf(text.charAt(next)) >= 0) {
                    next++;
                }
                boolean fullWidth = text.charAt(i) > 0xFF;
                count += fullWidth || next == text.length() || Character.isWhitespace(text.charAt(next)) ? 1 : 0;
                i = next - 1;
            }
        }
        return count;
    }

    private static boolean isTerminal(char c) {
        return c == '.' || c == '!' || c == '?' || c == '。' || c == '！' || c == '？';
    }
}
