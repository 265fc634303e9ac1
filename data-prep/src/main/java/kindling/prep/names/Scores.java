package kindling.prep.names;

/** Evidence for and against each of the three kinds of names. */
final class Scores {
    private final int[] sums = new int[NameType.ADDRESS.ordinal()];

    void add(NameType type, int weight) {
        sums[type.ordinal()] += weight;
    }

    void addAll(Scores other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
    }

    /** These, and half of what the others have more. */
    Scores towards(Scores others) {
        Scores scores = new Scores();
        for (int i = 0; i < sums.length; i++) {
            scores.sums[i] = sums[i] + (others.sums[i] - sums[i]) / 2;
        }
        return scores;
    }

    int of(NameType type) {
        return sums[type.ordinal()];
    }

    /** The kind with the largest sum, the first of equal ones. */
    NameType best() {
        int best = 0;
        for (int i = 1; i < sums.length; i++) {
            best = sums[i] > sums[best] ? i : best;
        }
        return NameType.values()[best];
    }
}
