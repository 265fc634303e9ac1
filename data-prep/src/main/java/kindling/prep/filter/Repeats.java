package kindling.prep.filter;

import java.util.Arrays;

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
        numbering.restart(most);
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

    /** The most frequent n-gram, as its first place in {@link #places}; the earliest of those that are equally frequent. */
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
                covered += characters(Math.max(places[i], end), places[i] + n);
                end = places[i] + n;
            }
        }
        return covered;
    }

    /** Characters in n-grams that came before, each once. */
    int laterCoverage() {
        int covered = 0;
        int end = 0; // the first word that is not covered yet
        boolean[] seen = new boolean[size == 0 ? 0 : times.length];
        for (int i = 0; i < size; i++) {
            if (seen[numbers[i]]) {
                covered += characters(Math.max(places[i], end), places[i] + n);
                end = places[i] + n;
            }
            seen[numbers[i]] = true;
        }
        return covered;
    }

    /** Characters of the words from one to another, without the space between them. */
    private int characters(int fromWord, int toWord) {
        int sum = 0;
        for (int word = fromWord; word < toWord; word++) {
            sum += words.length(word);
        }
        return sum;
    }
}
