package kindling.prep.filter;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The n-grams of one length that occur in a text more than once: at which words they start, which are equal, and how much of
 * the text they cover.
 *
 * <p>An n-gram can occur twice only where its first n-1 words and its last n-1 words do, so each length looks at the repeats
 * of the length before alone, which soon are few: the candidate pruning of R. Agrawal and R. Srikant, "Fast Algorithms for
 * Mining Association Rules" (1994). Equality is that of the words' 64-bit hashes; from there on it is exact.
 */
final class Repeats {
    private final Words words;
    private final int n;
    private int size;
    private int[] places = {}; // first word of each repeat, ascending
    private int[] numbers = {}; // equal for equal n-grams
    private int[] times = {}; // by number: how often it occurs in the text

    Repeats(Words words, int n) {
        this.words = words;
        this.n = n;
    }

    void countWords(Numbering numbering) {
        begin(words.count(), numbering);
        for (int word = 0; word < words.count(); word++) {
            add(word, numbering.of(words.hash(word)));
        }
        keepRepeated();
    }

    /** @param shorter the repeats of one word less */
    void count(Repeats shorter, Numbering numbering) {
        begin(shorter.size, numbering);
        for (int i = 0; i + 1 < shorter.size; i++) {
            int place = shorter.places[i];
            if (shorter.places[i + 1] == place + 1) {
                add(place, numbering.of((long) shorter.numbers[i] << Integer.SIZE | shorter.numbers[i + 1]));
            }
        }
        keepRepeated();
    }

    private void begin(int most, Numbering numbering) {
        size = 0;
        numbering.restart();
        if (places.length < most) {
            places = new int[most];
            numbers = new int[most];
            times = new int[most];
        }
        Arrays.fill(times, 0, most, 0);
    }

    private void add(int place, int number) {
        places[size] = place;
        numbers[size++] = number;
        times[number]++;
    }

    private void keepRepeated() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            places[kept] = places[i];
            numbers[kept] = numbers[i];
            kept += times[numbers[i]] > 1 ? 1 : 0;
        }
        size = kept;
    }

    /** The most frequent n-gram, by the index of its first place; the earliest of several; -1 if none comes twice. */
    private int top() {
        int top = -1;
        for (int i = 0; i < size; i++) {
            top = top < 0 || times[numbers[i]] > times[numbers[top]] ? i : top;
        }
        return top;
    }

    /** Characters that the most frequent n-gram covers, each once; 0 if none comes twice. */
    int topCoverage() {
        int top = top();
        int covered = 0;
        int end = 0; // the first word that is not covered yet
        for (int i = Math.max(0, top); i < size; i++) {
            if (numbers[i] == numbers[top]) {
                covered += words.characters(Math.max(places[i], end), places[i] + n);
                end = places[i] + n;
            }
        }
        return covered;
    }

    /**
     * How often the most frequent n-gram occurs, times its characters, however its occurrences overlap. Where none comes
     * twice, the first one counts.
     *
     * @param space characters between two words
     */
    long topProduct(int space) {
        if (words.count() < n) {
            return 0;
        }
        int top = top();
        int place = top < 0 ? 0 : places[top];
        long frequency = top < 0 ? 1 : times[numbers[top]];
        return frequency * (words.characters(place, place + n) + (n - 1) * space);
    }

    /** Characters in n-grams that came before, each once. */
    int laterCoverage() {
        int covered = 0;
        int end = 0; // the first word that is not covered yet
        int last = -1; // numbers are given in the order of first places: a new one is above all before it
        for (int i = 0; i < size; i++) {
            if (numbers[i] <= last) {
                covered += words.characters(Math.max(places[i], end), places[i] + n);
                end = places[i] + n;
            }
            last = Math.max(last, numbers[i]);
        }
        return covered;
    }

    /**
     * Characters in n-grams that came before, as found by a reader that goes on behind each one it finds: what starts
     * inside one is neither found nor remembered.
     */
    int skippingCoverage() {
        BitSet known = new BitSet();
        int covered = 0;
        int end = 0; // the first word that was not read yet
        for (int i = 0; i < size; i++) {
            if (places[i] >= end && known.get(numbers[i])) {
                covered += words.characters(places[i], places[i] + n);
                end = places[i] + n;
            } else if (places[i] >= end) {
                known.set(numbers[i]);
            }
        }
        return covered;
    }

    /** Characters of all n-grams that occur more than once, however they overlap. */
    long allProduct() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += words.characters(places[i], places[i] + n);
        }
        return sum;
    }

    /** Characters of all n-grams there are, however they overlap. */
    long everyProduct() {
        long sum = 0;
        for (int place = 0; place + n <= words.count(); place++) {
            sum += words.characters(place, place + n);
        }
        return sum;
    }
}
