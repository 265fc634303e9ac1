package kindling.prep.names;

import java.util.EnumMap;
import java.util.Map;

/** Evidence for and against each kind of name. */
final class Scores {
    private final Map<NameType, Integer> sums = new EnumMap<>(NameType.class);

    void add(NameType type, int weight) {
        if (weight != 0) {
            sums.merge(type, weight, Integer::sum);
        }
    }

    void addAll(Scores other) {
        other.sums.forEach(this::add);
    }

    /** These, and half of what the others have more. */
    Scores towards(Scores others) {
        Scores scores = new Scores();
        for (NameType type : NameType.values()) {
            scores.add(type, of(type) + (others.of(type) - of(type)) / 2);
        }
        return scores;
    }

    int of(NameType type) {
        return sums.getOrDefault(type, 0);
    }

    /** The kind of name with the largest sum, of equal ones the first of person, place, organisation. */
    NameType best() {
        NameType best = NameType.PERSON;
        best = of(NameType.LOCATION) > of(best) ? NameType.LOCATION : best;
        return of(NameType.ORG) > of(best) ? NameType.ORG : best;
    }
}
