package kindling.prep.language;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Says how likely the words of a window are in each language of its alphabet. Immutable, about 80 MB. */
final class Judge {
    /**
     * A factor on log-likelihoods, for the letters of a text are no independent draws and its subject is not that of the texts
     * that were counted. Chosen so that probabilities come true: of guesses with confidence p, a share of p is right.
     */
    private static final double TRUST = 0.35;

    /** What a telling word takes off the cost of its language, in nats; 4 and 8 give nearly the same accuracy. */
    private static final double TELLING_WORD = 6;

    private final Map<Alphabet, GramTable> alphabets = new EnumMap<>(Alphabet.class);
    private final Map<Neighbours, GramTable> neighbours = new EnumMap<>(Neighbours.class);

    private Judge() {}

    /** Reads the statistics of all languages: takes about a second. */
    static Judge load() {
        Judge judge = new Judge();
        for (Alphabet alphabet : Alphabet.values()) {
            byte script = Scripts.of(alphabet);
            judge.alphabets.put(alphabet, GramReader.read(script, alphabet.codes(), alphabet.longestGram()));
        }
        for (Neighbours group : Neighbours.values()) {
            byte script = Scripts.of(Alphabet.LATIN);
            judge.neighbours.put(group, GramReader.read(script, group.codes(), GramTable.LONGEST));
        }
        return judge;
    }

    /** Log-likelihoods of a window in the languages of its alphabet, in their order, and last, in none of them. */
    double[] logLikelihoods(Evidence.Window window) {
        double[] costs = alphabets.get(window.alphabet()).costs(window.words());
        double strange = window.letters() * window.alphabet().strangeLetter();
        double[] logs = new double[costs.length + 1];
        for (int i = 0; i < costs.length; i++) {
            logs[i] = -TRUST * costs[i];
        }
        logs[costs.length] = -TRUST * strange;
        if (window.alphabet() == Alphabet.LATIN) {
            compareNeighbours(window, logs);
        }
        return logs;
    }

    /** Divides anew what the likeliest language and its neighbours have together. */
    private void compareNeighbours(Evidence.Window window, double[] logs) {
        List<String> codes = alphabets.get(Alphabet.LATIN).codes();
        int likeliest = IntStream.range(0, codes.size())
                .reduce((a, b) -> logs[b] > logs[a] ? b : a)
                .orElseThrow();
        for (GramTable group : neighbours.values()) {
            if (group.codes().contains(codes.get(likeliest))) {
                int[] members = group.codes().stream().mapToInt(codes::indexOf).toArray();
                divide(logs, members, costs(group, window));
            }
        }
    }

    /** By longer runs of letters and by telling words. */
    private static double[] costs(GramTable group, Evidence.Window window) {
        double[] costs = group.costs(window.words());
        for (int i = 0; i < costs.length; i++) {
            costs[i] -= TELLING_WORD
                    * TellingWords.count(window.words(), group.codes().get(i));
        }
        return costs;
    }

    private static void divide(double[] logs, int[] members, double[] costs) {
        double[] before = Arrays.stream(members).mapToDouble(i -> logs[i]).toArray();
        double[] after = Arrays.stream(costs).map(cost -> -TRUST * cost).toArray();
        double surplus = logOfSum(before) - logOfSum(after);
        for (int i = 0; i < members.length; i++) {
            logs[members[i]] = after[i] + surplus;
        }
    }

    private static double logOfSum(double[] logs) {
        double most = Arrays.stream(logs).max().orElseThrow();
        return most + Math.log(Arrays.stream(logs).map(x -> Math.exp(x - most)).sum());
    }
}
