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
    private final int prefixSlot;
    private final float[][] logits;
    private final Deque<int[]> freeSlots = new ArrayDeque<>();
    private final List<Seat> seats = new ArrayList<>();
    private final List<Seat> newcomers = new ArrayList<>();
    private int prefix;

    @SuppressWarnings("ArrayRecordComponent") // the slots move while the search goes on
    private record Seat(int prompt, Search search, int[] slots) {}

    /** Takes a search that is over. */
    interface Finish {
        void accept(int prompt, Search search);
    }

    /**
     * @param cache with one slot more than all seats have, for the prefix
     * @param seats how many searches are decoded together
     * @param width W
     */
    Table(Decoder decoder, KeyValueCache cache, int seats, int width) {
        this.decoder = decoder;
        this.cache = cache;
        this.width = width;
        this.prefixSlot = seats * width;
        this.logits = new float[seats * width][decoder.config().vocabularySize()];
        for (int seat = 0; seat < seats; seat++) {
            freeSlots.add(IntStream.range(seat * width, (seat + 1) * width).toArray());
        }
    }

    /**
     * What all prompts begin with: ready now, and copied for each that is admitted.
     *
     * @return positions of it that were read before
     */
    int share(int[] ids, Prefixes prefixes) {
        prefix = ids.length;
        return prefixes.read(ids, decoder, cache, prefixSlot);
    }

    boolean isEmpty() {
        return seats.isEmpty() && newcomers.isEmpty();
    }

    boolean hasFreeSeat() {
        return !freeSlots.isEmpty();
    }

    /** Gives a search a seat from the next step on. */
    void admit(int prompt, Search search) {
        newcomers.add(new Seat(prompt, search, freeSlots.remove()));
    }

    /** Puts all of the newcomers' prompts but their last ids into the cache; the last ones are the first to be asked what follows. */
    private void read() {
        List<Decoder.Part> parts = new ArrayList<>();
        for (Seat seat : newcomers) {
            Sequence sequence = seat.search.sequence(0);
            cache.copy(cache, prefixSlot, seat.slots[0], prefix);
            parts.add(new Decoder.Part(seat.slots[0], sequence, prefix, sequence.length() - 1));
        }
        decoder.read(cache, parts);
        if (width > 1) {
            decoder.finish(cache);
        }
        for (Seat seat : newcomers) {
            int known = seat.search.sequence(0).length() - 1;
            for (int hypothesis = 1; hypothesis < width; hypothesis++) {
                cache.copy(cache, seat.slots[0], seat.slots[hypothesis], known);
            }
        }
        seats.addAll(newcomers);
        newcomers.clear();
    }

    /** Every live hypothesis takes one more id; searches that are over leave. */
    void step(Finish finish) {
        read();
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
