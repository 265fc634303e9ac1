package kindling.prep.filter;

/** The runs of n words of a text, and how much of its characters the repeated ones cover. */
final class NGrams {
    private final long[] hashes; // of each word
    private final int[] offsets; // characters in the words before each word, and in all
    private final double characters;

    private NGrams(long[] hashes, int[] offsets) {
        this.hashes = hashes;
        this.offsets = offsets;
        this.characters = Math.max(1, offsets[hashes.length]);
    }

    static NGrams of(Words words) {
        long[] hashes = new long[words.count()];
        int[] offsets = new int[words.count() + 1];
        for (int word = 0; word < hashes.length; word++) {
            hashes[word] = words.hash(word);
            offsets[word + 1] = offsets[word] + words.length(word);
        }
        return new NGrams(hashes, offsets);
    }

    /** The share of all characters that the most frequent n-gram covers, 0 if none comes twice. */
    double topShare(int n) {
        Counts counts = new Counts(hashes.length);
        int most = 1;
        int covered = 0;
        for (int start = 0; start + n <= hashes.length; start++) {
            int count = counts.add(hash(start, n));
            if (count > most) {
                most = count;
                covered = count * length(start, n);
            }
        }
        return Math.min(1, covered / characters);
    }

    /** The share of all characters in n-grams that came before, each character counted once. */
    double duplicateShare(int n) {
        Counts counts = new Counts(hashes.length);
        int covered = 0;
        int coveredEnd = 0; // the first word that no duplicate covers yet
        for (int start = 0; start + n <= hashes.length; start++) {
            if (counts.add(hash(start, n)) > 1) {
                int from = Math.max(start, coveredEnd);
                coveredEnd = start + n;
                covered += length(from, coveredEnd - from);
            }
        }
        return covered / characters;
    }

    private int length(int start, int n) {
        return offsets[start + n] - offsets[start];
    }

    private long hash(int start, int n) {
        long hash = n;
        for (int i = start; i < start + n; i++) {
            hash = Hash.join(hash, hashes[i]);
        }
        return hash;
    }
}
