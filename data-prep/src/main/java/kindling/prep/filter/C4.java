package kindling.prep.filter;

import java.util.List;

/**
 * C4's rules. Those for lines take out what is no sentence, a script's notice or a policy; what is left is dropped for
 * placeholder text, a curly bracket (C4 takes it for code) or too few sentences.
 *
 * <p>{@code c4} has the numbers of the released code and of the paper's final version: 5 words a line, 3 sentences a text.
 * {@code c4_datatrove} has the paper's first ones, as datatrove does: 3 words a line, 5 sentences, and a line may end in an
 * apostrophe. {@code c4_document} leaves lines alone. C4's list of obscene words is not ours to give: see {@code words}.
 *
 * <p>A line that holds placeholder text or a curly bracket is not taken out for a script's notice or a policy, because the
 * released code drops the text at such a line. Sentences are counted by their end marks.
 *
 * <p>Source: C. Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer", JMLR 21
 * (2020), section 2.2; the longest word, policies and references are in the released code alone, {@code clean_page} in
 * {@code tensorflow_datasets/text/c4_utils.py} (github.com/tensorflow/datasets); datatrove's {@code C4QualityFilter}.
 */
final class C4 {
    private static final String SOURCE = "Raffel et al. 2020, 2.2; tensorflow_datasets c4_utils.py";
    private static final Phrases PLACEHOLDER = Phrases.of("lorem ipsum");
    private static final Phrases SCRIPT = Phrases.of("javascript");
    private static final Phrases POLICY = Phrases.of(
            "terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies");
    private static final String CLOSERS = "\"')]”’»";

    private C4() {}

    static RuleSet rules() {
        return new RuleSet("c4", SOURCE, lines("c4", ".?!\"", 5), documents("c4", 3));
    }

    static RuleSet datatrove() {
        return new RuleSet(
                "c4_datatrove",
                "datatrove C4QualityFilter",
                lines("c4_datatrove", ".?!\"'", 3),
                documents("c4_datatrove", 5));
    }

    static RuleSet documents() {
        return RuleSet.of("c4_document", SOURCE, documents("c4_document", 3));
    }

    private static List<Rule> lines(String set, String endMarks, int leastWords) {
        return List.of(
                Rule.atLeast(set + "_line_end_mark", 1, line -> endsWith(line, endMarks) ? 1 : 0),
                Rule.atLeast(
                        set + "_line_words", leastWords, line -> line.words().count()),
                Rule.atMost(set + "_line_word_length", 1000, C4::longestWord), // characters
                Rule.atMost(set + "_line_javascript", 0, C4::scripts),
                Rule.atMost(set + "_line_policy", 0, C4::policies));
    }

    private static List<Rule> documents(String set, int leastSentences) {
        return List.of(
                Rule.atMost(set + "_curly_bracket", 0, C4::curlyBrackets),
                Rule.atMost(set + "_lorem_ipsum", 0, PLACEHOLDER::count),
                Rule.atLeast(set + "_sentences", leastSentences, C4::sentences));
    }

    private static boolean endsWith(Text line, String endMarks) {
        char[] chars = line.chars();
        int length = line.length();
        boolean ellipsis =
                length >= 3 && chars[length - 1] == '.' && chars[length - 2] == '.' && chars[length - 3] == '.';
        return length > 0 && endMarks.indexOf(chars[length - 1]) >= 0 && !ellipsis;
    }

    private static int longestWord(Text line) {
        Words words = line.words();
        int longest = 0;
        for (int word = 0; word < words.count(); word++) {
            longest = Math.max(longest, words.length(word));
        }
        return longest;
    }

    private static int scripts(Text line) {
        int found = SCRIPT.count(line);
        return found > 0 && PLACEHOLDER.count(line) == 0 ? found : 0;
    }

    private static int policies(Text line) {
        int found = POLICY.count(line);
        return found > 0 && PLACEHOLDER.count(line) == 0 && curlyBrackets(line) == 0 ? found : 0;
    }

    private static int curlyBrackets(Text text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.chars()[i] == '{' ? 1 : 0;
        }
        return count;
    }

    /**
     * How often an end mark, perhaps with closing quotes, ends a word; in other scripts, wherever it stands. A quotation mark
     * that ends a line is one too, where no other stands before it.
     */
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
            } else if (chars[i] == '"') {
                count += i + 1 == length || chars[i + 1] == '\n' ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isTerminal(char c) {
        return c <= '?' ? c == '.' || c == '!' || c == '?' : c >= '。' && (c == '。' || c == '！' || c == '？');
    }
}
