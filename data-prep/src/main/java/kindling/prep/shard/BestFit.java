package kindling.prep.shard;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Best-fit decreasing bin packing: the longest pieces first, each into the sequence that it leaves the least room in, or into a new one. A
 * document is cut only where it is longer than a sequence. O(n T / 64) at worst for n pieces, near O(n) in practice.
 *
 * <p>Source: Ding et al. 2024, Fewer Truncations Improve Language Modeling, arXiv:2404.10830, section 3; of pieces of one length the earlier
 * one comes first, of sequences with the same room the one filled last.
 */
final class BestFit {
    private static final int NONE = -1;

    private final Pieces pieces;
    private final int[] sequenceOf;
    private final int[] newest; // by room: the sequence filled last
    private final int[] older; // by sequence: the one with the same room that was filled before it
    private final BitSet rooms = new BitSet();
    private int sequences;

    private BestFit(Pieces pieces, int length) {
        this.pieces = pieces;
        this.sequenceOf = new int[pieces.size()];
        this.newest = new int[length + 1];
        this.older = new int[pieces.size()];
        Arrays.fill(newest, NONE);
    }

    static Sequences pack(Pieces pieces, int length) {
        BestFit packing = new BestFit(pieces, length);
        for (int piece : longestFirst(pieces, length)) {
            packing.place(piece, length);
        }
        return packing.inOrder();
    }

    /** A counting sort, stable. */
    private static int[] longestFirst(Pieces pieces, int length) {
        int[] next = new int[length + 2];
        for (int piece = 0; piece < pieces.size(); piece++) {
            next[length - pieces.positions(piece) + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] sorted = new int[pieces.size()];
        for (int piece = 0; piece < sorted.length; piece++) {
            sorted[next[length - pieces.positions(piece)]++] = piece;
        }
        return sorted;
    }

    private void place(int piece, int length) {
        int taken = pieces.positions(piece);
        int room = rooms.nextSetBit(taken);
        int sequence = room < 0 ? sequences++ : takeOut(room);
        sequenceOf[piece] = sequence;
        int left = (room < 0 ? length : room) - taken;
        older[sequence] = newest[left];
        newest[left] = sequence;
        rooms.set(left);
    }

    private int takeOut(int room) {
        int sequence = newest[room];
        newest[room] = older[sequence];
        rooms.set(room, newest[room] != NONE);
        return sequence;
    }

    /** Sequences in the order of their first pieces, so that neighbours lie near each other; pieces in the order of the shard. */
    private Sequences inOrder() {
        int[] rank = new int[sequences];
        Arrays.fill(rank, NONE);
        int[] first = new int[sequences + 1];
        int ranked = 0;
        for (int sequence : sequenceOf) {
            if (rank[sequence] == NONE) {
                rank[sequence] = ranked++;
            }
            first[rank[sequence] + 1]++;
        }
        Arrays.parallelPrefix(first, Integer::sum);
        int[] next = first.clone();
        long[] from = new long[pieces.size()];
        int[] positions = new int[pieces.size()];
        for (int piece = 0; piece < sequenceOf.length; piece++) {
            int place = next[rank[sequenceOf[piece]]]++;
            from[place] = pieces.from(piece);
            positions[place] = pieces.positions(piece);
        }
        return new Sequences(from, positions, first);
    }
}
