package kindling.jobs.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A document under a key, as letters of three numbers bring it.
 *
 * @param key documents of equal keys meet
 * @param content what tells them apart under it, or not
 * @param node the document
 */
record Entry(long key, long content, long node) implements Comparable<Entry> {
    static final int NUMBERS = 3;

    @Override
    public int compareTo(Entry other) {
        int byKey = Long.compare(key, other.key);
        int byContent = byKey != 0 ? byKey : Long.compare(content, other.content);
        return byContent != 0 ? byContent : Long.compare(node, other.node);
    }

    /** Those that share their key with others, sorted; most keys have one document only and never become objects. */
    static List<List<Entry>> groups(Iterator<long[]> letters) {
        List<long[]> all = new ArrayList<>();
        letters.forEachRemaining(all::add);
        long[] shared = sharedKeys(all);
        List<Entry> entries = new ArrayList<>();
        for (long[] letter : all) {
            for (int i = 0; i < letter.length; i += NUMBERS) {
                if (Arrays.binarySearch(shared, letter[i]) >= 0) {
                    entries.add(new Entry(letter[i], letter[i + 1], letter[i + 2]));
                }
            }
        }
        Collections.sort(entries);
        return grouped(entries);
    }

    private static long[] sharedKeys(List<long[]> letters) {
        int size = letters.stream().mapToInt(letter -> letter.length / NUMBERS).sum();
        long[] keys = new long[size];
        int count = 0;
        for (long[] letter : letters) {
            for (int i = 0; i < letter.length; i += NUMBERS) {
                keys[count++] = letter[i];
            }
        }
        Arrays.sort(keys);
        int shared = 0;
        for (int i = 1; i < count; i++) {
            if (keys[i] == keys[i - 1] && (shared == 0 || keys[shared - 1] != keys[i])) {
                keys[shared++] = keys[i];
            }
        }
        return Arrays.copyOf(keys, shared);
    }

    private static List<List<Entry>> grouped(List<Entry> sorted) {
        List<List<Entry>> groups = new ArrayList<>();
        for (int start = 0, i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || sorted.get(i).key != sorted.get(start).key) {
                groups.add(sorted.subList(start, i));
                start = i;
            }
        }
        return groups;
    }
}
