package kindling.prep.token;

import java.util.Arrays;

/**
 * A word of many bytes while it merges: symbols linked to their neighbours, pairs in a heap by (rank, position). A pair that changed since it
 * was entered is recognised by its rank and passed over.
 */
final class LongWord {
    private static final int GONE = -1;

    private final int[] symbols;
    private final int[] next;
    private final int[] previous;
    private final Merges merges;

    /** Binary heap of (rank in the upper half, position in the lower), smallest first. */
    private long[] heap;

    private int heapSize;

    LongWord(int[] symbols, Merges merges) {
        this.symbols = symbols;
        this.merges = merges;
        this.next = new int[symbols.length];
        this.previous = new int[symbols.length];
        this.heap = new long[symbols.length + 1];
        for (int i = 0; i < symbols.length; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
    }

    /** The ids that are left when no pair has a rank. */
    int[] merge() {
        for (int i = 0; i + 1 < symbols.length; i++) {
            offer(i);
        }
        while (heapSize > 0) {
            long entry = poll();
            int at = (int) entry;
            if (symbols[at] == GONE || next[at] == symbols.length) {
                continue;
            }
            long ranked = merges.of(symbols[at], symbols[next[at]]);
            if (ranked != Merges.NONE && Merges.rank(ranked) == (int) (entry >>> 32)) {
                join(at, Merges.merged(ranked));
            }
        }
        return Arrays.stream(symbols).filter(symbol -> symbol != GONE).toArray();
    }

    private void join(int at, int merged) {
        int right = next[at];
        symbols[at] = merged;
        symbols[right] = GONE;
        next[at] = next[right];
        if (next[at] < symbols.length) {
            previous[next[at]] = at;
            offer(at);
        }
        if (previous[at] >= 0) {
            offer(previous[at]);
        }
    }

    /** Enters the pair that starts at this position, if it merges at all. */
    private void offer(int at) {
        long ranked = merges.of(symbols[at], symbols[next[at]]);
        if (ranked == Merges.NONE) {
            return;
        }
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heapSize);
        }
        long entry = (long) Merges.rank(ranked) << 32 | at;
        int hole = heapSize++;
        while (hole > 0 && heap[(hole - 1) >>> 1] > entry) {
            heap[hole] = heap[(hole - 1) >>> 1];
            hole = (hole - 1) >>> 1;
        }
        heap[hole] = entry;
    }

    private long poll() {
        long first = heap[0];
        long last = heap[--heapSize];
        int hole = 0;
        for (int child = 1; child < heapSize; child = 2 * hole + 1) {
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = last;
        return first;
    }
}
