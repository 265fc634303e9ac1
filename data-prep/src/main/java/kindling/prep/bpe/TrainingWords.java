package kindling.prep.bpe;

import java.util.Arrays;
import kindling.prep.token.ByteAlphabet;

/**
 * All distinct words as they stand after the merges so far, in one array, with the count of every pair kept up to date.
 *
 * <p>Counts are 64-bit. A heap gives the most frequent pair; its entries are not updated when a count falls: an outdated entry is recognised
 * when it comes up and goes back with the count of the day. A count rises only for pairs with the id that a merge makes, and those are new too.
 */
final class TrainingWords {
    /** What {@link #mostFrequentPair} gives when no word has two symbols left. */
    static final long NO_PAIR = -1;

    /** Symbols of word w: {@code symbols[starts[w] … starts[w] + lengths[w])}. */
    private final int[] symbols;

    private final int[] starts;
    private final int[] lengths;
    private final long[] weights;
    private final PairCounts pairs = new PairCounts();
    private final PairHeap heap = new PairHeap();

    private TrainingWords(int[] symbols, int[] starts, int[] lengths, long[] weights) {
        this.symbols = symbols;
        this.starts = starts;
        this.lengths = lengths;
        this.weights = weights;
        for (int w = 0; w < starts.length; w++) {
            for (int i = starts[w]; i + 1 < starts[w] + lengths[w]; i++) {
                pairs.addWord(pairs.add(symbols[i], symbols[i + 1], weights[w]), w);
            }
        }
        for (int index = 0; index < pairs.size(); index++) {
            enter(index);
        }
    }

    /** These words as one id for each byte: its rank in the {@link ByteAlphabet}; words without a pair or a count stay out. */
    static TrainingWords of(WordCounts words) {
        int[] byteIds = byteIds();
        int[] symbols = new int[words.byteSize()];
        int[] starts = new int[words.size()];
        int[] lengths = new int[words.size()];
        long[] weights = new long[words.size()];
        byte[] word = {};
        int end = 0;
        int n = 0;
        for (int w = 0; w < words.size(); w++) {
            int length = words.length(w);
            if (length < 2 || words.count(w) == 0) {
                continue;
            }
            word = length > word.length ? new byte[Math.max(2 * word.length, length)] : word;
            words.copyWord(w, word);
            starts[n] = end;
            lengths[n] = length;
            weights[n++] = words.count(w);
            for (int i = 0; i < length; i++) {
                symbols[end++] = byteIds[word[i] & 0xFF];
            }
        }
        return new TrainingWords(
                symbols, Arrays.copyOf(starts, n), Arrays.copyOf(lengths, n), Arrays.copyOf(weights, n));
    }

    private static int[] byteIds() {
        int[] byteIds = new int[ByteAlphabet.SIZE];
        for (int rank = 0; rank < ByteAlphabet.SIZE; rank++) {
            byteIds[ByteAlphabet.at(rank) & 0xFF] = rank;
        }
        return byteIds;
    }

    /** The pair with the largest count, the smallest of several, or {@link #NO_PAIR}. */
    long mostFrequentPair() {
        while (!heap.isEmpty()) {
            int index = pairs.index(heap.firstPair());
            if (heap.firstCount() == pairs.count(index)) {
                return heap.firstPair();
            }
            heap.removeFirst();
            enter(index);
        }
        return NO_PAIR;
    }

    /** Makes {@code merged} of every {@code left} that {@code right} follows, from left to right in each word. */
    void merge(int left, int right, int merged) {
        int known = pairs.size();
        int[] holders = pairs.takeWords(pairs.index(PairCounts.pair(left, right)));
        for (int word : holders) {
            merge(word, left, right, merged);
        }
        for (int index = known; index < pairs.size(); index++) {
            enter(index);
        }
    }

    private void merge(int word, int left, int right, int merged) {
        int start = starts[word];
        int end = start + lengths[word];
        long weight = weights[word];
        int out = start;
        int i = start;
        while (i < end) {
            if (i + 1 == end || symbols[i] != left || symbols[i + 1] != right) {
                symbols[out++] = symbols[i++];
                continue;
            }
            pairs.add(left, right, -weight);
            if (out > start) {
                pairs.add(symbols[out - 1], left, -weight);
                gain(symbols[out - 1], merged, word);
            }
            if (i + 2 < end) {
                pairs.add(right, symbols[i + 2], -weight);
                gain(merged, symbols[i + 2], word);
            }
            symbols[out++] = merged;
            i += 2;
        }
        lengths[word] = out - start;
    }

    private void gain(int left, int right, int word) {
        pairs.addWord(pairs.add(left, right, weights[word]), word);
    }

    private void enter(int index) {
        if (pairs.count(index) > 0) {
            heap.add(pairs.count(index), pairs.pair(index));
        }
    }
}
