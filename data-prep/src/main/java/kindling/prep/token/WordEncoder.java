package kindling.prep.token;

import java.util.Arrays;

/**
 * The working memory of one call of {@link Tokenizer#encode}: a word's UTF-8 bytes, its symbols while they merge, and the ids so far.
 *
 * <p>A word starts as one id per byte; the neighbouring pair of lowest rank, the leftmost of equals, merges until no pair has a rank (Sennrich,
 * Haddow, Birch 2016, "Neural Machine Translation of Rare Words with Subword Units"). Short words are scanned for the lowest rank again and
 * again; long ones, which only hostile or unusual text has, go through a heap in O(n log n).
 */
final class WordEncoder implements WordCut.Words {
    /** Up to here scanning a few dozen ranks beats keeping a heap. */
    private static final int SHORT_WORD_BYTES = 48;

    private final FirstSymbols firstSymbols;
    private final Merges merges;
    private final WholeWords wholeWords;

    private byte[] word = new byte[128];
    private int wordLength;
    private final int[] symbols = new int[SHORT_WORD_BYTES];
    private final long[] ranked = new long[SHORT_WORD_BYTES];
    private int[] ids = new int[16];
    private int count;

    WordEncoder(FirstSymbols firstSymbols, Merges merges, WholeWords wholeWords) {
        this.firstSymbols = firstSymbols;
        this.merges = merges;
        this.wholeWords = wholeWords;
    }

    /** The ids since the last call. */
    int[] takeIds() {
        int[] taken = Arrays.copyOf(ids, count);
        count = 0;
        return taken;
    }

    /** Encodes a text, word by word. */
    void add(String text, WordCut words) {
        char[] chars = text.toCharArray();
        words.cut(chars, 0, chars.length, this);
    }

    /** Encodes the word {@code text[from, to)}. */
    @Override
    public void add(char[] text, int from, int to) {
        reserve(Math.multiplyExact(Utf8.MAX_BYTES_PER_CHAR, to - from));
        wordLength = Utf8.encode(text, from, to, word);
        int whole = wholeWords.id(word, wordLength, WholeWords.hash(word, wordLength));
        if (whole != WholeWords.UNKNOWN) {
            append(whole);
        } else {
            merge();
        }
    }

    /** The ids that merging alone makes of a word's bytes. */
    int[] merged(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, word, 0, bytes.length);
        wordLength = bytes.length;
        merge();
        return takeIds();
    }

    private void merge() {
        if (wordLength <= SHORT_WORD_BYTES) {
            mergeShort();
        } else {
            mergeLong();
        }
    }

    private void mergeShort() {
        int n = firstSymbols.write(word, 0, wordLength, symbols);
        for (int i = 0; i + 1 < n; i++) {
            ranked[i] = merges.of(symbols[i], symbols[i + 1]); // ranked[i]: the pair (i, i + 1)
        }
        while (n > 1) {
            int at = lowest(n - 1);
            if (ranked[at] == Merges.NONE) {
                break;
            }
            symbols[at] = Merges.merged(ranked[at]);
            n--;
            System.arraycopy(symbols, at + 2, symbols, at + 1, n - at - 1);
            if (at + 1 < n) {
                System.arraycopy(ranked, at + 2, ranked, at + 1, n - at - 2);
                ranked[at] = merges.of(symbols[at], symbols[at + 1]);
            }
            if (at > 0) {
                ranked[at - 1] = merges.of(symbols[at - 1], symbols[at]);
            }
        }
        for (int i = 0; i < n; i++) {
            append(symbols[i]);
        }
    }

    private int lowest(int pairs) {
        int at = 0;
        for (int i = 1; i < pairs; i++) {
            if (ranked[i] < ranked[at]) {
                at = i;
            }
        }
        return at;
    }

    private void mergeLong() {
        int[] start = new int[wordLength];
        int n = firstSymbols.write(word, 0, wordLength, start);
        for (int symbol : new LongWord(Arrays.copyOf(start, n), merges).merge()) {
            append(symbol);
        }
    }

    /** Appends an id that no word gave. */
    void append(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
    }

    private void reserve(int bytes) {
        if (bytes > word.length) {
            word = new byte[bytes];
        }
    }
}
