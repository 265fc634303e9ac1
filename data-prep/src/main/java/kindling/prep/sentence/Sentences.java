package kindling.prep.sentence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits text into sentences by rule, in one pass.
 *
 * <p>A sentence ends at a run of {@code . ! ? …} with its closing quotes and brackets when white space and something
 * other than a lower-case letter follow; a single point after an abbreviation, an initial or a list number does not
 * count. {@code 。！？｡} end a sentence whatever follows. Blank lines, list items and line breaks that are not mere
 * wrapping end one without any mark, so headings and table rows come out alone. Pieces without a letter or digit belong
 * to the sentence before, or to none.
 *
 * <p>{@code Sentences.split("Dr. Hu paid $3.50. \"Too much?\" he asked.")} is
 * {@code ["Dr. Hu paid $3.50.", "\"Too much?\" he asked."]}.
 *
 * <p>The two lists of abbreviations follow the split by behaviour in T. Kiss and J. Strunk, "Unsupervised multilingual
 * sentence boundary detection", Computational Linguistics 32(4), 2006: the next word decides for the second.
 */
public final class Sentences {
    private static final int LONGEST_ABBREVIATION = 8; // characters, without the point

    private static final Set<String> NEVER_LAST =
            set("mr mrs ms dr prof gen col sgt capt lt rev hon sen rep gov pres messrs mme mlle vs e.g "
                    + "i.e eg ie cf fig figs eq eqs vol vols pp ed eds approx resp viz nr bzw z.b d.h");

    private static final Set<String> SOMETIMES_LAST =
            set("etc inc ltd co corp bros jr sr st ave blvd rd mt al dept est univ assn ph.d jan feb mar "
                    + "apr jun jul aug sep sept oct nov dec mon tue wed thu fri sec ch p v c ca op ext tel max "
                    + "min usw");

    private static final Set<String> SENTENCE_OPENERS =
            set("the this these those that it he she they we i you a an in on at but and for if when "
                    + "however there as his her its our my their after with while what who how why yes to by "
                    + "from since although also");

    private final String text;
    private final List<Span> sentences = new ArrayList<>();

    private Sentences(String text) {
        this.text = text;
    }

    /** The sentences in order, white space inside each as single spaces; none for text without a letter or digit. */
    public static List<String> split(String text) {
        return spans(text).stream().map(span -> span.line(text)).toList();
    }

    /** Where the sentences of {@link #split} stand. */
    public static List<Span> spans(String text) {
        Sentences sentences = new Sentences(text);
        Blocks.of(text).forEach(sentences::split);
        return sentences.sentences;
    }

    private void split(Span block) {
        int first = sentences.size();
        int start = block.start();
        int i = start;
        while (i < block.end()) {
            if (!isTerminator(text.charAt(i))) {
                i++;
                continue;
            }
            int point = i;
            while (i < block.end() && isTerminator(text.charAt(i))) {
                i++;
            }
            boolean single = i == point + 1 && text.charAt(point) == '.';
            boolean unspaced = isUnspacedTerminator(text.charAt(i - 1));
            while (i < block.end() && isCloser(text.charAt(i))) {
                i++;
            }
            if (unspaced || ends(new Span(start, i), point, single, block.end())) {
                add(new Span(start, i), first);
                start = i;
            }
        }
        add(new Span(start, block.end()), first);
    }

    private void add(Span piece, int firstOfBlock) {
        Span sentence = piece.trimmed(text);
        boolean hasWord = sentence.of(text).codePoints().anyMatch(Character::isLetterOrDigit);
        if (hasWord) {
            sentences.add(sentence);
        } else if (sentences.size() > firstOfBlock && !sentence.isEmpty()) {
            Span before = sentences.remove(sentences.size() - 1);
            sentences.add(new Span(before.start(), sentence.end()));
        }
    }

    private boolean ends(Span piece, int point, boolean single, int blockEnd) {
        int i = piece.end();
        if (i < blockEnd && !Character.isWhitespace(text.charAt(i))) {
            return false;
        }
        while (i < blockEnd && (Character.isWhitespace(text.charAt(i)) || isOpener(text.charAt(i)))) {
            i++;
        }
        if (i == blockEnd) {
            return true;
        }
        return !Character.isLowerCase(text.codePointAt(i)) && !(single && isAbbreviated(piece.start(), point, i));
    }

    private boolean isAbbreviated(int start, int point, int next) {
        int tokenStart = point;
        while (tokenStart > start && point - tokenStart <= LONGEST_ABBREVIATION && isTokenPart(tokenStart - 1)) {
            tokenStart--;
        }
        String token = text.substring(tokenStart, point).toLowerCase(Locale.ROOT);
        if (token.isEmpty() || token.length() > LONGEST_ABBREVIATION) {
            return false;
        }
        boolean number = token.chars().allMatch(Character::isDigit);
        if (number) {
            return tokenStart == start; // "1. Introduction"
        }
        boolean digitFollows = Character.isDigit(text.charAt(next));
        if (NEVER_LAST.contains(token) || (digitFollows && token.equals("no"))) {
            return true;
        }
        boolean sometimes = SOMETIMES_LAST.contains(token) || isInitials(token);
        return sometimes && !SENTENCE_OPENERS.contains(wordAt(next));
    }

    private boolean isTokenPart(int i) {
        return Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '.';
    }

    /** "j", "u.s", "a.m": single letters with points between; not "i", which ends sentences. */
    private static boolean isInitials(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (i % 2 == 0 ? !Character.isLetter(c) : c != '.') {
                return false;
            }
        }
        return token.length() % 2 == 1 && !token.equals("i");
    }

    private String wordAt(int start) {
        int end = start;
        while (end < text.length() && end - start <= LONGEST_ABBREVIATION && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static Set<String> set(String spaced) {
        return Set.copyOf(Arrays.asList(spaced.split(" ", -1)));
    }

    public static boolean isTerminator(char c) {
        return c == '.' || c == '!' || c == '?' || c == '…' || c == '؟' || c == '।' || isUnspacedTerminator(c);
    }

    private static boolean isUnspacedTerminator(char c) {
        return c == '。' || c == '！' || c == '？' || c == '｡';
    }

    public static boolean isCloser(char c) {
        return "\"'”’»)]}」』）】›".indexOf(c) >= 0;
    }

    private static boolean isOpener(char c) {
        return "\"'“‘«([{‹¿¡„".indexOf(c) >= 0;
    }
}
