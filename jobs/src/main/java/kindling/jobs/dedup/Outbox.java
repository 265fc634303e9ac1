package kindling.jobs.dedup;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import scala.Tuple2;

/**
 * Rows of whole numbers on their way to other parts, packed into letters of some kilobytes: a shuffle of these costs a few
 * nanoseconds a row, and a task holds no more than one open letter for each receiver.
 */
final class Outbox<T> implements Iterator<Tuple2<Integer, long[]>> {
    private static final int LETTER = 1 << 10; // numbers; 8 KiB

    private final Iterator<T> source;
    private final BiConsumer<T, Outbox<T>> writer;
    private final Map<Integer, Letter> open = new TreeMap<>();
    private final ArrayDeque<Tuple2<Integer, long[]>> ready = new ArrayDeque<>();

    /** @param writer puts what one row of the source has to say */
    Outbox(Iterator<T> source, BiConsumer<T, Outbox<T>> writer) {
        this.source = source;
        this.writer = writer;
    }

    /** A row for a part; all rows of a kind of mail have the same number of numbers. */
    void put(int to, long... row) {
        Letter letter = open.computeIfAbsent(to, unused -> new Letter());
        letter.add(row);
        if (letter.size >= LETTER) {
            ready.add(new Tuple2<>(to, open.remove(to).numbers()));
        }
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && source.hasNext()) {
            writer.accept(source.next(), this);
        }
        if (ready.isEmpty()) {
            open.forEach((to, letter) -> ready.add(new Tuple2<>(to, letter.numbers())));
            open.clear();
        }
        return !ready.isEmpty();
    }

    @Override
    public Tuple2<Integer, long[]> next() {
        return ready.remove();
    }

    private static final class Letter {
        private long[] numbers = new long[16];
        private int size;

        void add(long[] row) {
            if (size + row.length > numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * numbers.length + row.length);
            }
            System.arraycopy(row, 0, numbers, size, row.length);
            size += row.length;
        }

        long[] numbers() {
            return Arrays.copyOf(numbers, size);
        }
    }
}
