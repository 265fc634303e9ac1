package kindling.model.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The searches that are decoded together: each has a seat, with one slot of the cache for each of its W hypotheses, from when
 * it is admitted until it is over.
 */
final class Table {
    private final Decoder decoder;
    private final KeyValueCache cache;
    private final int width;
    private final float[][] logits;
    private final Deque<int[]> freeSlots = new ArrayDeque<>();
    private final List<Seat> seats = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // the slots move while the search goes on
    private record Seat(int prompt, Search search, int[] slots) {}

    /** Takes a search that is over. */
    interface Finish {
        void accept(int prompt, Search search);
    }

    /**
     * @param seats how many searches are decoded together
     * @param width W
     */
    Table(Decoder decoder, KeyValueCache cache, int seats, int width) {
        this.decoder = decoder;
        this.cache = cache;
        this.width = width;
        this.logits = new float[seats * width][decoder.config().vocabularySize()];
        for (int seat = 0; seat < seats; seat++) {
            freeSlots.add(IntStream.range(seat * width, (seat + 1) * width).toArray());
        }
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    boolean hasFreeSeat() {
        return !freeSlots.isEmpty();
    }

    /** Puts all of a prompt but its last id into the cache; the last one is the first to be asked what follows. */
    void admit(int prompt, Search search) {
        int[] slots = freeSlots.remove();
        Sequence sequence = search.sequence(0);
        int known = sequence.length() - 1;
        decoder.prefill(cache, slots[0], sequence, known);
        for (int hypothesis = 1; hypothesis < width; hypothesis++) {
            cache.copy(slots[0], slots[hypothesis], known);
        }
        seats.add(new Seat(prompt, search, slots));
    }

    /** Every live hypothesis takes one more id; searches that are over leave. */
    void step(Finish finish) {
        decoder.step(cache, slots(), sequences(), logits);
        int row = 0;
        Iterator<Seat> each = seats.iterator();
        while (each.hasNext()) {
            Seat seat = each.next();
            int filled = seat.search.sequence(0).length();
            int[] parents = seat.search.advance(Arrays.copyOfRange(logits, row, row + width));
            row += width;
            if (seat.search.live() > 0) {
                cache.rearrange(seat.slots, parents, filled);
            } else {
                finish.accept(seat.prompt, seat.search);
                freeSlots.add(seat.slots);
                each.remove();
            }
        }
    }

    private int[] slots() {
        return seats.stream().flatMapToInt(seat -> Arrays.stream(seat.slots)).toArray();
    }

    private Sequence[] sequences() {
        return seats.stream()
                .flatMap(seat -> IntStream.range(0, width).mapToObj(seat.search::sequence))
                .toArray(Sequence[]::new);
    }
}
