package kindling.prep.names;

import java.util.Arrays;
import java.util.Locale;
import kindling.prep.lexicon.Lexicon;

/**
 * A text cut into words, numbers and single marks, each with what the {@link Lexicon} knows of it. A hyphen or an apostrophe before a capital belongs to its
 * word ({@code Mayo-Walters}, {@code O'Neil}); an apostrophe before a small letter starts a token of its own ({@code 's}, {@code 't}).
 */
final class Tokens {
    static final byte WORD = 1;
    static final byte NUMBER = 2;
    static final byte MARK = 3;
    static final byte CLITIC = 4;

    private final String text;
    private final Vocabulary vocabulary;
    private int count;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private byte[] kinds = new byte[64];
    private byte[] breaks = new byte[64];
    private String[] lowers = new String[64];
    private int[] flags = new int[64];
    private boolean caseless;

    private Tokens(String text, Vocabulary vocabulary) {
        this.text = text;
        this.vocabulary = vocabulary;
    }

    static Tokens of(String text, Vocabulary vocabulary) {
        Tokens tokens = new Tokens(text, vocabulary);
        int newLines = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '\u00A0') {
                newLines = c == '\n' ? Math.min(3, newLines + 1) : newLines;
                i++;
            } else {
                byte kind = Character.isLetter(c) ? WORD : isDigit(c) ? NUMBER : MARK;
                boolean clitic = tokens.startsClitic(i);
                int end = clitic
                        ? tokens.wordEnd(i + 1)
                        : kind == WORD ? tokens.wordEnd(i) : kind == NUMBER ? tokens.numberEnd(i) : i + 1;
                tokens.add(i, end, clitic ? CLITIC : kind, newLines);
                newLines = 0;
                i = end;
            }
        }
        tokens.caseless = text.chars().noneMatch(Character::isUpperCase);
        return tokens;
    }

    int count() {
        return count;
    }

    String text() {
        return text;
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    boolean isWord(int token) {
        return token >= 0 && token < count && kinds[token] == WORD;
    }

    boolean isNumber(int token) {
        return token >= 0 && token < count && kinds[token] == NUMBER;
    }

    boolean isClitic(int token) {
        return token >= 0 && token < count && kinds[token] == CLITIC;
    }

    boolean isMark(int token, char mark) {
        return token >= 0 && token < count && kinds[token] == MARK && text.charAt(starts[token]) == mark;
    }

    int length(int token) {
        return ends[token] - starts[token];
    }

    /** The token in lower case; empty outside the text. */
    String lower(int token) {
        if (token < 0 || token >= count) {
            return "";
        }
        if (lowers[token] == null) {
            lowers[token] = text.substring(starts[token], ends[token]).toLowerCase(Locale.ROOT);
        }
        return lowers[token];
    }

    /** What the lexicon knows of a word; of a word with a hyphen what it knows of it whole or, if nothing, of its parts that are names. */
    int flags(int token) {
        if (token < 0 || token >= count) {
            return 0;
        }
        if (flags[token] == 0) {
            flags[token] = lookUp(lower(token)) | Integer.MIN_VALUE;
        }
        return flags[token] & Integer.MAX_VALUE;
    }

    boolean has(int token, int bits) {
        return (flags(token) & bits) != 0;
    }

    boolean isOrdinary(int token) {
        return vocabulary.isOrdinary(lower(token), flags(token));
    }

    boolean isFunction(int token) {
        return vocabulary.isFunction(lower(token));
    }

    /** These tokens in lower case, with a space where the text has any. */
    String phrase(int from, int to) {
        StringBuilder phrase = new StringBuilder();
        for (int i = from; i < to; i++) {
            phrase.append(i > from && !touches(i) ? " " : "").append(lower(i));
        }
        return phrase.toString();
    }

    /** A word that starts with a capital, or, in a text without any capital, one that is no ordinary word. */
    boolean isCapital(int token) {
        return isWord(token) && (Character.isUpperCase(text.charAt(starts[token])) || (caseless && !isOrdinary(token)));
    }

    /** A word of two letters or more, all capitals. */
    boolean isUpper(int token) {
        if (!isCapital(token) || length(token) < 2) {
            return false;
        }
        for (int i = starts[token]; i < ends[token]; i++) {
            if (Character.isLowerCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** One capital, perhaps with a full stop behind it. */
    boolean isInitial(int token) {
        return isCapital(token) && length(token) == 1;
    }

    /** Line breaks between this token and the one before, 3 for more; 1 at either end of the text. */
    int breaksBefore(int token) {
        return token <= 0 || token >= count ? 1 : breaks[token];
    }

    /** Whether nothing stands between this token and the one before. */
    boolean touches(int token) {
        return token > 0 && token < count && ends[token - 1] == starts[token];
    }

    /** Whether a word has its capital from its place: first of a line, of a sentence, of what a bracket or a quote opens. */
    boolean startsSentence(int token) {
        if (breaksBefore(token) > 0) {
            return true;
        }
        boolean mark =
                kinds[token - 1] == MARK && ".!?:\u201c\"([\u2022-*>".indexOf(text.charAt(starts[token - 1])) >= 0;
        return mark && !(isMark(token - 1, '.') && isInitial(token - 2));
    }

    private int lookUp(String lower) {
        int whole = vocabulary.flags(lower);
        int hyphen = lower.indexOf('-');
        if (whole == 0 && hyphen > 0) {
            int names = Lexicon.GIVEN | Lexicon.FAMILY | Lexicon.ORDINARY;
            return vocabulary.flags(lower.substring(0, hyphen)) & vocabulary.flags(lower.substring(hyphen + 1)) & names;
        }
        return whole;
    }

    private boolean startsClitic(int i) {
        char c = text.charAt(i);
        return (c == '\'' || c == '\u2019')
                && i > 0
                && Character.isLetter(text.charAt(i - 1))
                && i + 1 < text.length()
                && Character.isLetter(text.charAt(i + 1));
    }

    private int wordEnd(int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean next = i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
            boolean hyphen = c == '-' && next;
            boolean apostrophe = (c == '\'' || c == '\u2019') && next && joins(from, i);
            if (!Character.isLetter(c) && !isMarkOnLetter(c) && !hyphen && !apostrophe) {
                break;
            }
            i++;
        }
        return i;
    }

    /** {@code O'Neil}, {@code D'Angelo}, {@code o'neil}, and a capital after small letters. */
    private boolean joins(int from, int apostrophe) {
        boolean capital = Character.isUpperCase(text.charAt(apostrophe + 1));
        boolean single = apostrophe - from == 1 && "oOdDlL".indexOf(text.charAt(from)) >= 0;
        return capital || (single && apostrophe + 3 < text.length() && Character.isLetter(text.charAt(apostrophe + 3)));
    }

    private int numberEnd(int from) {
        int i = from;
        while (i < text.length() && (isDigit(text.charAt(i)) || Character.isLetter(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isMarkOnLetter(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void add(int start, int end, byte kind, int newLines) {
        if (count == starts.length) {
            int capacity = count * 2;
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            breaks = Arrays.copyOf(breaks, capacity);
            lowers = Arrays.copyOf(lowers, capacity);
            flags = Arrays.copyOf(flags, capacity);
        }
        starts[count] = start;
        ends[count] = end;
        kinds[count] = kind;
        breaks[count++] = (byte) newLines;
    }
}
