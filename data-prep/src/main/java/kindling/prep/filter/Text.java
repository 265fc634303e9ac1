package kindling.prep.filter;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import kindling.prep.Document;

/**
 * A document and all that rules count about its text, each counted when a rule first asks and then shared.
 *
 * <p>Not for several threads at once.
 */
public final class Text {
    private final Numbering numbering = new Numbering();
    private final Words words = new Words(this);
    private final NGrams ngrams = new NGrams(words, numbering);
    private final Words tokens = new Words(this);
    private final NGrams tokenNGrams = new NGrams(tokens, numbering);
    private final Map<Split, Parts> parts = new EnumMap<>(Split.class);
    private Document document;
    private char[] chars = {};
    private int[] scratch = {};
    private int length;
    private boolean surrogates;
    private boolean hasWords;
    private boolean hasNGrams;
    private boolean hasTokens;
    private boolean hasTokenNGrams;

    /** A document, nothing of it counted yet. */
    public static Text of(Document document) {
        return new Text().read(document);
    }

    /** Takes the next document into the space of the one before. */
    Text read(Document next) {
        document = next;
        begin(next.text().length());
        next.text().getChars(0, length, chars, 0);
        lookForSurrogates();
        return this;
    }

    /** Takes a line of another text, without references like {@code [12]} and the white space at its ends. */
    Text read(Text whole, int start, int end) {
        document = whole.document;
        begin(end - start);
        System.arraycopy(whole.chars, start, chars, 0, length);
        surrogates = whole.surrogates;
        length = Citations.without(chars, length);
        return this;
    }

    private void lookForSurrogates() {
        surrogates = false;
        for (int i = 0; i < length && !surrogates; i++) {
            surrogates = Character.isSurrogate(chars[i]);
        }
    }

    private void begin(int newLength) {
        length = newLength;
        if (chars.length < length) {
            chars = new char[length + length / 2];
        }
        hasWords = false;
        hasNGrams = false;
        hasTokens = false;
        hasTokenNGrams = false;
        parts.values().forEach(Parts::forget);
    }

    /** What is judged. */
    public Document document() {
        return document;
    }

    /** UTF-16 units; those from {@link #length} on are left over from another text. */
    char[] chars() {
        return chars;
    }

    /** In UTF-16 units. */
    int length() {
        return length;
    }

    /** Characters (code points) in all. */
    int characters() {
        return characters(0, length);
    }

    /** Characters (code points) between two UTF-16 positions. */
    int characters(int start, int end) {
        return surrogates ? Character.codePointCount(chars, start, end - start) : end - start;
    }

    /** The words, which white space parts. */
    Words words() {
        if (!hasWords) {
            hasWords = true;
            words.split();
        }
        return words;
    }

    NGrams ngrams() {
        if (!hasNGrams) {
            hasNGrams = true;
            words();
            ngrams.restart();
        }
        return ngrams;
    }

    /** Words and punctuation, each a token of its own. */
    Words tokens() {
        if (!hasTokens) {
            hasTokens = true;
            tokens.tokenize();
        }
        return tokens;
    }

    NGrams tokenNGrams() {
        if (!hasTokenNGrams) {
            hasTokenNGrams = true;
            tokens();
            tokenNGrams.restart();
        }
        return tokenNGrams;
    }

    Parts parts(Split split) {
        return parts.computeIfAbsent(split, how -> new Parts(this, how, numbering))
                .split();
    }

    /** Zeros to count with, until the next call. */
    int[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new int[2 * size];
        }
        Arrays.fill(scratch, 0, size, 0);
        return scratch;
    }

    /** As {@link Character#isWhitespace(char)}, faster for what texts are mostly made of. */
    static boolean isSpace(char c) {
        return c <= ' ' ? c == ' ' || (c >= '\t' && c <= '\r') || c >= 0x1C : c >= 0x1680 && Character.isWhitespace(c);
    }
}
