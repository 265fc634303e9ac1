package kindling.prep.token;

import java.util.Arrays;

/**
 * One thread's working memory of {@link Tokenizer#encode}: a text as characters and as UTF-8, a word's symbols while they merge, the ids so far.
 *
 * <p>A word starts as its {@link FirstSymbols}; the neighbouring pair of lowest rank, the leftmost of equals, merges until no pair has a rank (Sennrich,
 * Haddow, Birch 2016, "Neural Machine Translation of Rare Words with Subword Units"). Few words of a text come to that: most are remembered, or
 * are one id as a whole. Short words are scanned for the lowest rank again and again; long ones, which only hostile or unusual text has, go
 * through a heap in O(n log n).
 */
final class WordEncoder implements WordCut.Words {
    /** Up to here scanning a few dozen ranks beats keeping a heap. */
    private static final int SHORT_WORD_BYTES = 48;

    private static final int PADDING = 16; // bytes that a WordKey may look at after the last word
    private static final int KEPT = 1 << 22; // ids or bytes: what one longer text needed is not kept for the next

    private static final int MOST_CHARACTERS = 1 << 28; // so that no buffer has more than 2^31 places

    private final FirstSymbols firstSymbols;
    private final Merges merges;
    private final WholeWords wholeWords;
    private final RecentWords recent;
    private final int[] symbols = new int[SHORT_WORD_BYTES];
    private final long[] ranked = new long[SHORT_WORD_BYTES];

    private char[] chars = {};
    private byte[] bytes = {};
    private boolean ascii;
    private int at; // in bytes, where the next word starts
    private int[] ids = {};
    private int count;

    WordEncoder(FirstSymbols firstSymbols, Merges merges, WholeWords wholeWords, RecentWords recent) {
        this.firstSymbols = firstSymbols;
        this.merges = merges;
        this.wholeWords = wholeWords;
        this.recent = recent;
    }

    /** Forgets ids that nobody took. */
    void clear() {
        count = 0;
    }

    /** The ids of all texts since the last call. */
    int[] takeIds() {
        int[] taken = Arrays.copyOf(ids, count);
        count = 0;
        if (Math.max(ids.length, bytes.length) > KEPT) {
            chars = new char[0];
            bytes = new byte[0];
            ids = new int[0];
        }
        return taken;
    }

    /** Encodes a text, word by word. */
    void add(String text, WordCut words) {
        ascii = fill(text);
        at = 0;
        words.cut(chars, 0, text.length(), this);
    }

    /** Encodes the next word of the text. */
    @Override
    public void add(char[] text, int from, int to) {
        int length = ascii ? to - from : Utf8.length(text, from, to);
        addWord(at, length);
        at += length;
    }

    /** Appends an id that no word gave. */
    void append(int id) {
        reserveIds(1);
        ids[count++] = id;
    }

    /** Takes over a text, as characters and as bytes; says whether each character is one byte. */
    private boolean fill(String text) {
        int length = text.length();
        if (length > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a text must have at most %d characters, got %d: split it".formatted(MOST_CHARACTERS, length));
        }
        if (length > chars.length) {
            chars = new char[length + length / 2];
        }
        text.getChars(0, length, chars, 0);
        reserve(length);
        int all = 0;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) chars[i];
            all |= chars[i];
        }
        if (all < 0x80) {
            return true;
        }
        reserve(Math.multiplyExact(Utf8.MAX_BYTES_PER_CHAR, length));
        Utf8.encode(chars, 0, length, bytes);
        return false;
    }

    private void reserve(int wanted) {
        if (wanted + PADDING > bytes.length) {
            bytes = new byte[wanted + wanted / 2 + PADDING];
        }
    }

    private void addWord(int at, int length) {
        reserveIds(length);
        if (length > WordKey.LONGEST) {
            addLongWord(at, length);
            return;
        }
        long low = WordKey.low(bytes, at, length);
        long high = WordKey.high(bytes, at, length);
        long hash = WordKey.hash(low, high);
        int whole = wholeWords.id(low, high, hash);
        if (whole != WholeWords.UNKNOWN) {
            ids[count++] = whole;
            return;
        }
        int before = count;
        count = recent.get(low, high, hash, ids, before);
        if (count == before) {
            mergeShort(bytes, at, length);
            recent.put(low, high, hash, ids, before, count);
        }
    }

    private void reserveIds(int more) {
        if (ids.length - count < more) {
            ids = Arrays.copyOf(ids, 2 * (count + more) + 1024);
        }
    }

    private void addLongWord(int at, int length) {
        int whole = wholeWords.id(bytes, at, length);
        if (whole == WholeWords.UNKNOWN) {
            merge(bytes, at, length);
        } else {
            ids[count++] = whole;
        }
    }

    /** The ids that merging alone makes of a piece's bytes. */
    int[] merged(byte[] piece) {
        reserveIds(piece.length);
        merge(piece, 0, piece.length);
        return takeIds();
    }

    private void merge(byte[] text, int at, int length) {
        if (length <= SHORT_WORD_BYTES) {
            mergeShort(text, at, length);
        } else {
            mergeLong(text, at, length);
        }
    }

    private void mergeShort(byte[] text, int from, int length) {
        int n = firstSymbols.write(text, from, length, symbols);
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
        System.arraycopy(symbols, 0, ids, count, n);
        count += n;
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

    private void mergeLong(byte[] text, int from, int length) {
        int[] start = new int[length];
        int n = firstSymbols.write(text, from, length, start);
        int[] merged = new LongWord(Arrays.copyOf(start, n), merges).merge();
        System.arraycopy(merged, 0, ids, count, merged.length);
        count += merged.length;
    }
}
