package kindling.prep.classify;

import java.util.Arrays;

/** How often each feature occurs in one text: open addressing, no boxes, sized by the text and not by the features. */
final class BucketCounts {
    private static final int SPREAD = 0x9E3779B9; // 2^32 divided by the golden ratio, odd

    private int[] ids;
    private int[] counts;
    private int[] slots; // 1 + place among the ids, 0 where free; twice as many as ids fit, or more
    private int size;

    /** @param likely number of different features; more may come */
    BucketCounts(int likely) {
        int capacity = Math.max(16, Integer.highestOneBit(likely) * 2);
        ids = new int[capacity];
        counts = new int[capacity];
        slots = new int[2 * capacity];
    }

    void add(int id) {
        int slot = slot(id);
        if (slots[slot] > 0) {
            counts[slots[slot] - 1]++;
            return;
        }
        ids[size] = id;
        counts[size] = 1;
        slots[slot] = ++size;
        if (size == ids.length) {
            grow();
        }
    }

    private int slot(int id) {
        int mask = slots.length - 1;
        int slot = (id * SPREAD) >>> Integer.numberOfLeadingZeros(mask);
        while (slots[slot] > 0 && ids[slots[slot] - 1] != id) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        ids = Arrays.copyOf(ids, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
        slots = new int[4 * size];
        for (int place = 0; place < size; place++) {
            slots[slot(ids[place])] = place + 1;
        }
    }

    /** Each feature once, in the order in which they came first, weighing 1 + ln(count), scaled to a length of 1. */
    Bag bag() {
        float[] values = new float[size];
        double squares = 0;
        for (int place = 0; place < size; place++) {
            double value = counts[place] == 1 ? 1 : 1 + StrictMath.log(counts[place]);
            values[place] = (float) value;
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares);
        for (int place = 0; place < size; place++) {
            values[place] *= (float) scale;
        }
        return new Bag(Arrays.copyOf(ids, size), values);
    }
}
