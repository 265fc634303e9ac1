package kindling.jobs;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that share half of their words and have the other half from their label. */
final class TwoKindsOfText {
    static final List<String> LABELS = List.of("bad", "good");

    private static final List<String> OF_ALL = List.of("the", "of", "and", "to", "in", "is", "was", "with");
    private static final Map<String, List<String>> OF_LABEL = Map.of(
            "good", List.of("river", "stone", "letter", "morning", "thought", "garden"),
            "bad", List.of("click", "subscribe", "cookies", "login", "share", "offer"));

    private TwoKindsOfText() {}

    static String text(String label, Random random) {
        return IntStream.range(0, 30)
                .mapToObj(i -> random.nextBoolean() ? OF_ALL : OF_LABEL.get(label))
                .map(words -> words.get(random.nextInt(words.size())))
                .collect(Collectors.joining(" "));
    }

    static String label(int number) {
        return number % 3 == 0 ? "good" : "bad";
    }

    static List<String> lines(String prefix, int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\": \"%s%d\", \"text\": \"%s\", \"label\": \"%s\"}"
                        .formatted(prefix, i, text(label(i), random), label(i)))
                .collect(Collectors.toList());
    }
}
