package kindling.prep.shard;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Stretches of a shard in a row: where each starts, and how many positions it takes. */
final class Pieces {
    private long[] from;
    private int[] positions;
    private int size;

    Pieces(int capacity) {
        from = new long[capacity];
        positions = new int[capacity];
    }

    /** Documents, each cut every T positions: a piece ends with the id that the next one starts with. A single id makes no piece. */
    static Pieces ofDocuments(long[] ends, int length) {
        Pieces pieces = new Pieces(ends.length);
        long start = 0;
        for (long end : ends) {
            for (long from = start; from < end - 1; from += length) {
                pieces.add(from, (int) Math.min(length, end - 1 - from));
            }
            start = end;
        }
        return pieces;
    }

    void add(long start, int taken) {
        if (size == from.length) {
            from = Arrays.copyOf(from, 2 * size + 1);
            positions = Arrays.copyOf(positions, from.length);
        }
        from[size] = start;
        positions[size++] = taken;
    }

    int size() {
        return size;
    }

    long from(int piece) {
        return from[piece];
    }

    int positions(int piece) {
        return positions[piece];
    }

    /** A sequence for each piece. */
    Sequences oneEach() {
        return new Sequences(
                Arrays.copyOf(from, size),
                Arrays.copyOf(positions, size),
                IntStream.rangeClosed(0, size).toArray());
    }
}
