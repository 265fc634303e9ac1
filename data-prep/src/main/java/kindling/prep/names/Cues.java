package kindling.prep.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words around and inside names that say of what kind they are, out of {@code cues.txt}: a line {@code list NAME: words} is a set, a line
 * {@code TYPE PLACE WEIGHT: words} is evidence for a type, commas between words and phrases.
 */
final class Cues {
    private final Map<String, Set<String>> lists = new HashMap<>();
    private final Map<String, Map<String, List<Weight>>> evidence = new HashMap<>();

    private record Weight(NameType type, int weight) {}

    private static final class Shared {
        static final Cues CUES = read();
    }

    static Cues shared() {
        return Shared.CUES;
    }

    private static Cues read() {
        Cues cues = new Cues();
        try (InputStream in = Cues.class.getResourceAsStream("cues.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(cues::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cues;
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        String[] key = line.substring(0, colon).split(" ", -1);
        for (String part : line.substring(colon + 1).split(",", -1)) {
            String word = part.strip();
            if (key[0].equals("list")) {
                lists.computeIfAbsent(key[1], name -> new HashSet<>()).add(word);
            } else {
                evidence.computeIfAbsent(key[1], place -> new HashMap<>())
                        .computeIfAbsent(word, phrase -> new ArrayList<>())
                        .add(new Weight(NameType.valueOf(key[0]), Integer.parseInt(key[2])));
            }
        }
    }

    /** The words of a list. */
    Set<String> list(String name) {
        Set<String> words = lists.get(name);
        if (words == null) {
            throw new IllegalArgumentException("cues.txt has no list " + name);
        }
        return words;
    }

    /** Adds the evidence of a word or phrase at a place to the scores; says whether there was any. */
    boolean weigh(String place, String phrase, Scores scores) {
        List<Weight> weights = evidence.get(place).getOrDefault(phrase, List.of());
        for (Weight weight : weights) {
            scores.add(weight.type, weight.weight);
        }
        return !weights.isEmpty();
    }
}
