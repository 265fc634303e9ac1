package kindling.prep.bpe;

import java.util.Arrays;

/** Pairs by count, the largest first; of equal counts the smaller pair. The counts are those of the moment of entry. */
final class PairHeap {
    private long[] counts = new long[1 << 11];
    private long[] pairs = new long[1 << 11];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The first pair's count when it was entered. */
    long firstCount() {
        return counts[0];
    }

    long firstPair() {
        return pairs[0];
    }

    void add(long count, long pair) {
        if (size == counts.length) {
            counts = Arrays.copyOf(counts, 2 * size);
            pairs = Arrays.copyOf(pairs, 2 * size);
        }
        int hole = size++;
        while (hole > 0 && goesBefore(count, pair, (hole - 1) >>> 1)) {
            move((hole - 1) >>> 1, hole);
            hole = (hole - 1) >>> 1;
        }
        counts[hole] = count;
        pairs[hole] = pair;
    }

    void removeFirst() {
        size--;
        long count = counts[size];
        long pair = pairs[size];
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && goesBefore(counts[child + 1], pairs[child + 1], child)) {
                child++;
            }
            if (goesBefore(count, pair, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        counts[hole] = count;
        pairs[hole] = pair;
    }

    private boolean goesBefore(long count, long pair, int other) {
        return count > counts[other] || (count == counts[other] && pair < pairs[other]);
    }

    private void move(int from, int to) {
        counts[to] = counts[from];
        pairs[to] = pairs[from];
    }
}
