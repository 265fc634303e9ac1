package kindling.jobs;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.filter.LearnedRule;
import kindling.prep.filter.Rule;
import kindling.prep.filter.RuleSet;
import kindling.prep.filter.Threshold;
import kindling.prep.filter.UserLists;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a filter is to do, as the user wrote it: small enough to travel to the executors, which make their rules from it.
 *
 * @param rules names of rule sets, in order
 * @param thresholds {@code RULE=NUMBER} each
 * @param learned the entries of {@code rules} that name a folder, as read from there; those that are not here are read when
 *     they are asked for
 */
record FilterPlan(List<String> rules, List<String> thresholds, UserLists lists, Map<String, LearnedRule> learned)
        implements Serializable {
    FilterPlan(List<String> rules, List<String> thresholds, UserLists lists) {
        this(rules, thresholds, lists, Map.of());
    }

    FilterPlan {
        rules = List.copyOf(rules);
        thresholds = List.copyOf(thresholds);
        learned = Map.copyOf(learned);
    }

    /** The rule sets with the user's bounds. */
    List<RuleSet> sets() {
        List<Threshold> bounds = thresholds.stream().map(Threshold::parse).toList();
        return rules.stream()
                .flatMap(name -> named(name).stream())
                .map(set -> set.with(bounds))
                .toList();
    }

    /** The same plan with what was trained sent to the executors. */
    FilterPlan broadcast(JavaSparkContext context) {
        Map<String, LearnedRule> read = new TreeMap<>();
        learnedEntries()
                .forEach(entry -> read.put(entry, LearnedRule.parse(entry).broadcast(context)));
        return new FilterPlan(rules, thresholds, lists, read);
    }

    /** What changes when the content of a folder does, by the entry that names it. */
    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        learnedEntries()
                .forEach(entry -> digests.put(entry, LearnedRule.parse(entry).digest()));
        return digests;
    }

    private List<String> learnedEntries() {
        return rules.stream().filter(LearnedRule::isNamedBy).distinct().toList();
    }

    private List<RuleSet> named(String name) {
        if (LearnedRule.isNamedBy(name)) {
            LearnedRule rule = learned.containsKey(name) ? learned.get(name) : LearnedRule.parse(name);
            return List.of(rule.set());
        }
        return RuleSet.named(name.strip(), lists);
    }

    /** A sentence for everything that cannot work. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<RuleSet> sets = new ArrayList<>();
        for (String name : rules) {
            try {
                sets.addAll(named(name));
            } catch (IllegalArgumentException | UserError e) {
                problems.add("--rules: " + e.getMessage());
            }
        }
        List<String> known =
                sets.stream().flatMap(RuleSet::everyRule).map(Rule::reason).toList();
        List<Threshold> bounds = new ArrayList<>();
        for (String text : thresholds) {
            try {
                bounds.add(Threshold.parse(text));
            } catch (IllegalArgumentException e) {
                problems.add("--threshold: " + e.getMessage());
            }
        }
        for (Threshold bound : bounds) {
            if (!known.contains(bound.rule()) && !known.isEmpty()) {
                problems.add("--threshold: none of the rules is called %s%s"
                        .formatted(bound.rule(), Nearest.hint(bound.rule(), known)));
            }
        }
        sets.forEach(set -> set.everyRule().forEach(rule -> {
            try {
                RuleSet.of(set.name(), set.source(), List.of(rule)).with(bounds);
            } catch (IllegalArgumentException e) {
                problems.add("--threshold: " + e.getMessage());
            }
        }));
        return problems;
    }

    /** Each rule with its set, source and bounds, for the report; a bound that a rule does not have is left out. */
    List<Map<String, Object>> table() {
        return sets().stream()
                .flatMap(set -> Stream.concat(
                        set.lines().stream().map(rule -> row(set, rule, "line")),
                        set.rules().stream().map(rule -> row(set, rule, "document"))))
                .toList();
    }

    private static Map<String, Object> row(RuleSet set, Rule rule, String judges) {
        Map<String, Object> row = new TreeMap<>(
                Map.of("rule", rule.reason(), "set", set.name(), "source", set.source(), "judges", judges));
        if (Double.isFinite(rule.least())) {
            row.put("least", rule.least());
        }
        if (Double.isFinite(rule.most())) {
            row.put("most", rule.most());
        }
        return row;
    }
}
