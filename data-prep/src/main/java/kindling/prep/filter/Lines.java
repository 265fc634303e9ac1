package kindling.prep.filter;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The parts of a text that are not blank: its lines, or its paragraphs, which empty lines part. */
record Lines(List<String> parts) {
    static Lines of(String text) {
        return new Lines(stripped(text.lines()));
    }

    static Lines paragraphs(String text) {
        return new Lines(stripped(Stream.of(text.split("\n\n", -1))));
    }

    /** The share of the parts that have a property, 0 to 1. */
    double share(Predicate<String> property) {
        return parts.stream().filter(property).count() / (double) Math.max(1, parts.size());
    }

    /** The share of the parts that repeat an earlier one, 0 to 1. */
    double repeated() {
        Counts counts = new Counts(parts.size());
        return share(part -> counts.add(Hash.of(part, 0, part.length())) > 1);
    }

    /** How many characters are in parts that repeat an earlier one. */
    long repeatedCharacters() {
        Counts counts = new Counts(parts.size());
        return parts.stream()
                .filter(part -> counts.add(Hash.of(part, 0, part.length())) > 1)
                .mapToLong(String::length)
                .sum();
    }

    private static List<String> stripped(Stream<String> parts) {
        return parts.map(String::strip).filter(part -> !part.isEmpty()).toList();
    }
}
