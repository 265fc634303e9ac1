package kindling.prep.filter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Rules that belong together, under the name by which users ask for them.
 *
 * @param name as in {@code --rules}
 * @param source where the rules and their bounds come from
 * @param lines rules that judge each line as a text of its own: lines that one of them drops are taken out of the document
 *     before {@code rules} judge it
 * @param rules in the order in which they are tried, cheap ones first
 */
public record RuleSet(String name, String source, List<Rule> lines, List<Rule> rules) {
    public RuleSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        lines = List.copyOf(lines);
        rules = List.copyOf(rules);
    }

    /** A set that judges documents and leaves their lines alone. */
    public static RuleSet of(String name, String source, List<Rule> rules) {
        return new RuleSet(name, source, List.of(), rules);
    }

    /** The list of all rule sets: to add one, write its file and name it here. */
    private static Map<String, Function<UserLists, List<RuleSet>>> known() {
        Map<String, Function<UserLists, List<RuleSet>>> known = new LinkedHashMap<>();
        known.put("length", lists -> List.of(Length.rules()));
        known.put("gopher", lists -> List.of(GopherQuality.rules(), GopherRepetition.rules()));
        known.put("gopher_quality", lists -> List.of(GopherQuality.rules()));
        known.put("gopher_repetition", lists -> List.of(GopherRepetition.rules()));
        known.put("gopher_datatrove", lists -> List.of(GopherDatatrove.rules()));
        known.put("gopher_dolma", lists -> List.of(GopherDolma.rules()));
        known.put("c4", lists -> List.of(C4.rules()));
        known.put("c4_document", lists -> List.of(C4.documents()));
        known.put("c4_datatrove", lists -> List.of(C4.datatrove()));
        known.put("fineweb", lists -> List.of(FineWeb.rules()));
        known.put("symbols", lists -> List.of(Symbols.rules()));
        known.put("language", lists -> List.of(Languages.rules(lists.languages())));
        known.put("words", lists -> List.of(HarmfulWords.rules(lists.words())));
        return known;
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return List.copyOf(known().keySet());
    }

    /**
     * The rule sets of a name, with published bounds; {@code gopher} is two.
     *
     * @throws IllegalArgumentException if there is none of this name, or it needs a list that is empty
     */
    public static List<RuleSet> named(String name, UserLists lists) {
        Function<UserLists, List<RuleSet>> found = known().get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "\"%s\" is no rule set: use one of %s".formatted(name, String.join(", ", names())));
        }
        return found.apply(lists);
    }

    /** All rules, those for lines first. */
    public Stream<Rule> everyRule() {
        return Stream.concat(lines.stream(), rules.stream());
    }

    /**
     * This set with the bounds that the thresholds of its rules set; thresholds of other rules change nothing.
     *
     * @throws IllegalArgumentException if a threshold leaves open which of two bounds it means, or no value is left
     */
    public RuleSet with(List<Threshold> thresholds) {
        return new RuleSet(name, source, with(thresholds, lines), with(thresholds, rules));
    }

    private static List<Rule> with(List<Threshold> thresholds, List<Rule> rules) {
        return rules.stream().map(rule -> Threshold.apply(thresholds, rule)).toList();
    }
}
